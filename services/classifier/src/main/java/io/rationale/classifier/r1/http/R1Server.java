package io.rationale.classifier.r1.http;

import io.rationale.core.json.Bytes;
import java.net.URI;
import java.time.Duration;

/** One server's HTTP: its addresses and its key. Thread safe. */
public final class R1Server {
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    private final OpenAiApi api;
    private final HttpConnector connector;
    private final String baseUrl;
    private final String name;
    private final String apiKey;
    private final String authorization;

    /**
     * @param baseUrl as OpenAI clients take it; credentials within it are used and never shown
     * @param apiKey  bearer token, or null
     */
    R1Server(OpenAiApi api, HttpConnector connector, String baseUrl, String apiKey) {
        this.api = api;
        this.connector = connector;
        this.baseUrl = withoutTrailingSlash(baseUrl);
        this.name = name(this.baseUrl);
        // Keys come from mounted files, too, and those end with a newline.
        this.apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
        this.authorization = this.apiKey == null ? null : "Bearer " + this.apiKey;
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
        return host == null ? "" : host.toLowerCase(java.util.Locale.ROOT);
    }

    /** Gets what stands below the base URL. */
    HttpAnswer get(String path) throws InterruptedException {
        return getUrl(baseUrl + "/" + path);
    }

    /** Gets what stands below the root, beside {@code /v1}. */
    HttpAnswer getBesideBase(String path) throws InterruptedException {
        return getUrl(baseUrl.replaceFirst("/v\\d+$", "") + "/" + path);
    }

    /** Asks for a completion. */
    HttpAnswer complete(Bytes body, Timeouts timeouts, BodyReader reader, Runnable firstPayload)
            throws InterruptedException {
        return connector.send(api.chatCompletions(authorization, body.toArray()), timeouts, reader, firstPayload);
    }

    /** The body without the key: some servers repeat the one that they refuse, and messages are shown and logged. */
    Bytes withoutKey(Bytes body) {
        return apiKey == null ? body : Bytes.utf8(body.lenientUtf8().replace(apiKey, "***"));
    }

    private HttpAnswer getUrl(String url) throws InterruptedException {
        Timeouts timeouts = new Timeouts(LONGEST_LOOK, LONGEST_LOOK, LONGEST_LOOK);
        return connector.send(api.get(url, authorization), timeouts, BodyReader.ANY, () -> {});
    }

    private static String withoutTrailingSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
