package io.rationale.classifier.r1.http;

import io.rationale.core.json.Bytes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One server's HTTP: its addresses and its key. Thread safe. */
public final class R1Server {
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    private final HttpConnector connector;
    private final String name;
    private final String apiKey;
    private final String path;
    private final String commonHeaders;
    /** What no answer may bring back. */
    private final List<String> secrets;

    /**
     * @param baseUrl    as OpenAI clients take it; credentials within it are used and never shown
     * @param hostHeader as the server calls itself
     * @param apiKey     bearer token, or null
     */
    R1Server(HttpConnector connector, URI baseUrl, String hostHeader, String apiKey) {
        this.connector = connector;
        this.name = name(baseUrl.toString());
        // Keys come from mounted files, too, and those end with a newline.
        this.apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
        this.path = baseUrl.getRawPath() == null ? "" : withoutTrailingSlash(baseUrl.getRawPath());
        String authorization = authorization(baseUrl.getUserInfo());
        this.commonHeaders = "Host: " + hostHeader + "\r\n" + (authorization == null ? "" : authorization + "\r\n");
        this.secrets = secrets(authorization, baseUrl.getUserInfo());
    }

    /** The base URL without credentials: it stands in every verdict. */
    public String name() {
        return name;
    }

    /** The name of a server at that URL. */
    static String name(String url) {
        return withoutTrailingSlash(url).replaceFirst("//[^/@]*@", "//");
    }

    /** The host alone, in lower case. */
    public String host() {
        String host = URI.create(name()).getHost();
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }

    /** Gets what stands below the base URL. */
    HttpAnswer get(String below) throws InterruptedException {
        return getPath(path + "/" + below);
    }

    /** Gets what stands below the root, beside {@code /v1}. */
    HttpAnswer getBesideBase(String beside) throws InterruptedException {
        return getPath(path.replaceFirst("/v\\d+$", "") + "/" + beside);
    }

    /** Asks for a completion. */
    HttpAnswer complete(Bytes body, Timeouts timeouts, BodyReader reader, Runnable firstPayload)
            throws InterruptedException {
        byte[] head = bytes("POST " + path + "/chat/completions HTTP/1.1\r\n" + commonHeaders
                + "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\nContent-Length: "
                + body.size() + "\r\n\r\n");
        return withoutSecrets(connector.send(body.behind(head), timeouts, reader, firstPayload));
    }

    /**
     * The answer without what it was asked with: some servers repeat the key that they refuse, and what they say then is
     * shown, logged and kept. What a model says is kept as it came.
     */
    private HttpAnswer withoutSecrets(HttpAnswer answer) {
        if (answer.status() == 200 || secrets.isEmpty()) {
            return answer;
        }
        return new HttpAnswer(
                answer.status(),
                answer.server() == null ? null : withoutSecrets(answer.server()),
                answer.retryAfter(),
                withoutSecrets(answer.body()),
                answer.ending(),
                answer.message() == null ? null : withoutSecrets(answer.message()),
                answer.expired(),
                answer.firstPayload());
    }

    private Bytes withoutSecrets(Bytes body) {
        String text = body.lenientUtf8();
        String without = withoutSecrets(text);
        return without.equals(text) ? body : Bytes.utf8(without);
    }

    private String withoutSecrets(String text) {
        String without = text;
        for (String secret : secrets) {
            without = without.replace(secret, "***");
        }
        return without;
    }

    private HttpAnswer getPath(String absolute) throws InterruptedException {
        Timeouts timeouts = new Timeouts(LONGEST_LOOK, LONGEST_LOOK, LONGEST_LOOK);
        byte[] request = bytes("GET " + absolute + " HTTP/1.1\r\n" + commonHeaders + "Accept: */*\r\n\r\n");
        return withoutSecrets(connector.send(request, timeouts, BodyReader.ANY, () -> {}));
    }

    private String authorization(String userInfo) {
        if (apiKey != null && apiKey.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "an R1 endpoint's key has control characters within; give it on one line");
        }
        if (apiKey == null && userInfo != null) {
            byte[] credentials = userInfo.getBytes(StandardCharsets.UTF_8);
            return "Authorization: Basic " + Base64.getEncoder().encodeToString(credentials);
        }
        return apiKey == null ? null : "Authorization: Bearer " + apiKey;
    }

    private static List<String> secrets(String authorization, String userInfo) {
        Stream<String> sent =
                Stream.ofNullable(authorization).map(header -> header.substring(header.lastIndexOf(' ') + 1));
        Stream<String> password = Stream.ofNullable(userInfo).map(user -> user.substring(user.indexOf(':') + 1));
        return Stream.concat(sent, password).filter(secret -> !secret.isBlank()).toList();
    }

    private static byte[] bytes(String head) {
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String withoutTrailingSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
