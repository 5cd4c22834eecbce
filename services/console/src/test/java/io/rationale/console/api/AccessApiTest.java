package io.rationale.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.console.ConsoleBroker;
import io.rationale.console.EventStream;
import io.rationale.console.access.Issuer;
import io.rationale.console.access.Role;
import io.rationale.console.access.TestTokens;
import io.rationale.console.api.OpenApiDocument.Operation;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The running console with tokens: each route of its OpenAPI document with each role, with none and with bad tokens. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
@QuarkusTestResource(value = Issuer.class, restrictToAnnotatedClass = true)
@Timeout(180)
class AccessApiTest {
    private static final OpenApiDocument DOCUMENT = document();
    private static final List<String> FRAMEWORK = List.of("/q/metrics", "/q/nothing", "/q");

    @TestHTTPResource("/")
    URI home;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestTokens tokens;

    @BeforeEach
    void open() {
        tokens = new TestTokens(ConfigProvider.getConfig().getValue("test.issuer.folder", Path.class));
    }

    @AfterEach
    void close() {
        http.close();
    }

    private static OpenApiDocument document() {
        try {
            return new OpenApiDocument(
                    new YAMLMapper().readTree(OpenApiResource.class.getResourceAsStream("openapi.yaml")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The status, the headers, and the body where it is a problem. */
    private record Answer(int status, HttpResponse<InputStream> response, JsonNode problem) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private Answer send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(home.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream content = response.body()) {
            boolean isProblem = response.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.startsWith("application/problem+json"))
                    .isPresent();
            boolean isEndless = response.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.startsWith("text/event-stream"))
                    .isPresent();
            byte[] read = isEndless ? new byte[0] : content.readAllBytes();
            JsonNode problem = isProblem ? Json.tree(read) : Json.mapper().missingNode();
            return new Answer(response.statusCode(), response, problem);
        }
    }

    private Answer send(Operation operation, String... headers) throws IOException, InterruptedException {
        boolean isReading = operation.method().equals("get");
        String[] all = new String[headers.length + (isReading ? 0 : 2)];
        System.arraycopy(headers, 0, all, 0, headers.length);
        if (!isReading) {
            all[headers.length] = "Content-Type";
            all[headers.length + 1] = "application/json";
        }
        return send(
                operation.method().toUpperCase(java.util.Locale.ROOT),
                DOCUMENT.exampleUri(operation, Map.of()),
                isReading ? null : "{}",
                all);
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static String[] cookie(String token) {
        return new String[] {"Cookie", "rationale-session=" + token};
    }

    /** Nothing for a route that everybody may use. */
    private static List<Role> needed(Operation operation) {
        JsonNode security = operation.json().path("security");
        assertThat(security.isArray()).as(operation.toString()).isTrue();
        return security.isEmpty()
                ? List.of()
                : List.of(Role.of(security.at("/0/bearer/0").asText()).orElseThrow());
    }

    @Test
    void shouldAskEachRouteForItsRole() throws Exception {
        for (Operation operation : DOCUMENT.operations()) {
            List<Role> needed = needed(operation);
            for (Role role : Role.values()) {
                for (String token : List.of(tokens.of(role), tokens.statically("static-" + role.code()))) {
                    for (String[] shown : List.of(bearer(token), cookie(token))) {
                        // when
                        Answer answer = send(operation, shown);

                        // then
                        String what = operation + " by " + role + ": " + answer.problem();
                        boolean may = needed.isEmpty() || role.included().contains(needed.getFirst());
                        if (may && !operation.path().endsWith("/session")) {
                            assertThat(answer.status()).as(what).isNotIn(401, 403, 500);
                        } else if (!may) {
                            assertThat(answer.status()).as(what).isEqualTo(403);
                            assertThat(answer.problem().path("role").asText())
                                    .as(what)
                                    .isEqualTo(needed.getFirst().code());
                        }
                    }
                }
            }
        }
    }

    @Test
    void shouldRefuseWhoHasNoTokenOrNoRole() throws Exception {
        String none = tokens.signed(TestTokens.claims("nora"));
        for (Operation operation : DOCUMENT.operations()) {
            boolean isPublic = needed(operation).isEmpty();
            Answer unnamed = send(operation);
            Answer withoutRoles = send(operation, bearer(none));
            if (isPublic) {
                assertThat(unnamed.status()).as(operation.toString()).isNotIn(401, 403);
                continue;
            }
            assertThat(unnamed.status()).as(operation.toString()).isEqualTo(401);
            assertThat(unnamed.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(unnamed.problem().path("detail").asText()).contains("sign in");
            assertThat(withoutRoles.status()).as(operation.toString()).isEqualTo(403);
        }
    }

    @Test
    void shouldRefuseBadTokensEverywhere() throws Exception {
        Map<String, String> bad = tokens.bad();
        for (Operation operation : DOCUMENT.operations()) {
            if (needed(operation).isEmpty()) {
                continue;
            }
            for (Map.Entry<String, String> token : bad.entrySet()) {
                Answer answer = send(operation, bearer(token.getValue()));

                assertThat(answer.status())
                        .as(operation + " with " + token.getKey())
                        .isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
                if (token.getValue().length() > 10) {
                    assertThat(answer.problem().toString()).doesNotContain(token.getValue());
                }
            }
        }
        for (Map.Entry<String, String> token : bad.entrySet()) {
            assertThat(send("GET", "/api/v1/about", null, cookie(token.getValue()))
                            .status())
                    .as("as a cookie: " + token.getKey())
                    .isEqualTo(401);
            assertThat(send("POST", "/api/v1/session", Json.line(Map.of("token", token.getValue())), JSON)
                            .status())
                    .as("signing in with: " + token.getKey())
                    .isIn(401, 422);
            for (String path : FRAMEWORK) {
                assertThat(send("GET", path, null, bearer(token.getValue())).status())
                        .as(path + " with " + token.getKey())
                        .isEqualTo(401);
            }
        }
    }

    private static final String[] JSON = {"Content-Type", "application/json"};

    @Test
    void shouldRefuseWhatIsNoBearerToken() throws Exception {
        String good = tokens.of(Role.ADMIN);

        assertThat(send("GET", "/api/v1/about", null, "Authorization", "Basic YWRtaW46YWRtaW4=")
                        .status())
                .isEqualTo(401);
        assertThat(send("GET", "/api/v1/about", null, "Authorization", good).status())
                .isEqualTo(401);
        assertThat(send(
                                "GET",
                                "/api/v1/about",
                                null,
                                "Authorization",
                                "Bearer " + good,
                                "Authorization",
                                "Bearer " + good)
                        .status())
                .isEqualTo(401);
        assertThat(send("GET", "/api/v1/about?token=" + good + "&access_token=" + good, null)
                        .status())
                .isEqualTo(401);
        assertThat(send("GET", "/api/v1/about", null, "Authorization", "bearer " + good)
                        .status())
                .isEqualTo(200);
        // A header stands above a cookie.
        assertThat(send("GET", "/api/v1/about", null, "Authorization", "Bearer x", "Cookie", cookie(good)[1])
                        .status())
                .isEqualTo(401);
    }

    @Test
    void shouldSayNothingOfWhatIsThereToWhoIsNotSignedIn() throws Exception {
        for (String path : List.of(
                "/api/nothing",
                "/api",
                "/API/v1/about",
                "/api/v1/undeclared",
                "/api/v1/../v1/about",
                "//api/v1/about",
                "/api;x=y/v1/about",
                "/api/v1;x=y/about",
                "/%61pi/v1/about",
                "/q/metrics",
                "/q/../q/metrics",
                "/q;x/metrics",
                "/q/info",
                "/q/dev",
                "/q/health/../metrics")) {
            assertThat(raw(path)).as(path).isIn(401, 404);
        }
        assertThat(send("GET", "/api/nothing", null).status()).isEqualTo(401);
        assertThat(send("GET", "/api/nothing", null, bearer(tokens.of(Role.VIEWER)))
                        .status())
                .isEqualTo(404);
        assertThat(send("DELETE", "/api/v1/about", null).status()).isEqualTo(401);
        assertThat(send("OPTIONS", "/api/v1/about", null).status()).isEqualTo(401);
        assertThat(send("HEAD", "/api/v1/about", null).status()).isEqualTo(401);
    }

    /** As it is written, which a client of HTTP would put in order first. */
    private int raw(String path) throws IOException {
        try (java.net.Socket socket = new java.net.Socket(home.getHost(), home.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + home.getAuthority()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    @Test
    void shouldLetNobodyUseARouteThatDeclaresNoRole() throws Exception {
        Answer answer = send("GET", "/api/v1/undeclared", null, bearer(tokens.of(Role.ADMIN)));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.problem().path("detail").asText()).contains("says of nobody");
    }

    @Test
    void shouldServePageAndHealthToEverybody() throws Exception {
        for (String path :
                List.of("/", "/index.html", "/app.js", "/css/base.css", "/q/health/live", "/api/v1/openapi")) {
            assertThat(send("GET", path, null).status()).as(path).isEqualTo(200);
            assertThat(send("GET", path, null, cookie("expired.long.ago")).status())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(send("GET", "/q/metrics", null, bearer(tokens.of(Role.VIEWER)))
                        .status())
                .isEqualTo(200);
        Answer writer = send("GET", "/q/metrics", null, bearer(tokens.of(Role.WRITER)));
        assertThat(writer.status()).isEqualTo(403);
        assertThat(writer.problem().path("role").asText()).isEqualTo("viewer");
    }

    @Test
    void shouldCountWhomItDoesNotLetIn() throws Exception {
        // given
        String viewer = tokens.of(Role.VIEWER);
        Map<String, Double> before = refused(viewer);

        // when
        send("GET", "/api/v1/about", null);
        send("GET", "/api/v1/about", null, bearer("rationale_forged"));
        send("POST", "/api/v1/notes", "[]", "Authorization", "Bearer " + viewer, "Content-Type", "application/json");
        send("DELETE", "/api/v1/session", null, "Cookie", cookie(viewer)[1], "Sec-Fetch-Site", "cross-site");

        // then
        Map<String, Double> after = refused(viewer);
        for (String reason : List.of("unnamed", "token", "role", "site")) {
            assertThat(after.getOrDefault(reason, 0.0) - before.getOrDefault(reason, 0.0))
                    .as(reason)
                    .isEqualTo(1);
        }
    }

    private Map<String, Double> refused(String viewer) throws Exception {
        return text("GET", "/q/metrics", null, bearer(viewer))
                .body()
                .lines()
                .filter(line -> line.startsWith("rationale_access_refused_total{"))
                .collect(Collectors.toMap(
                        line -> line.replaceAll(".*reason=\"(\\w+)\".*", "$1"),
                        line -> Double.valueOf(line.substring(line.lastIndexOf(' ')))));
    }

    @Test
    void shouldSignInAndOut() throws Exception {
        // given
        String token = tokens.of(Role.REVIEWER);
        assertThat(session()).isEqualTo(Json.mapper().readTree("{\"authentication\":\"required\"}"));

        // when
        HttpResponse<String> in = text("POST", "/api/v1/session", Json.line(Map.of("token", token)), JSON);

        // then
        assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
        assertThat(Json.mapper().readTree(in.body()).path("name").asText()).isEqualTo("jwt-reviewer");
        String set = in.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set)
                .startsWith("rationale-session=" + token + ";")
                .contains("; HttpOnly", "; SameSite=Strict", "; Path=/")
                .doesNotContain("Secure");
        int age = Integer.parseInt(set.replaceAll(".*Max-Age=(\\d+).*", "$1"));
        assertThat(age).isBetween(500, 600);
        assertThat(in.headers().firstValue("Cache-Control")).contains("no-store");

        // and then
        JsonNode known = session(cookie(token));
        assertThat(known.path("authentication").asText()).isEqualTo("required");
        assertThat(known.path("roles").toString()).isEqualTo("[\"viewer\",\"reviewer\"]");
        assertThat(Instant.parse(known.path("expiresAt").asText())).isAfter(Instant.now());
        HttpResponse<String> out = text("DELETE", "/api/v1/session", null, cookie(token));
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("rationale-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict");
    }

    private JsonNode session(String... headers) throws Exception {
        return Json.mapper()
                .readTree(text("GET", "/api/v1/session", null, headers).body());
    }

    private HttpResponse<String> text(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(home.resolve(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void shouldSayThatATokenIsTooLongForACookie() throws Exception {
        Map<String, Object> claims = TestTokens.claims("ann", "viewer");
        claims.put("more", "x".repeat(4_000));
        String token = tokens.signed(claims);

        HttpResponse<String> in = text("POST", "/api/v1/session", Json.line(Map.of("token", token)), JSON);

        assertThat(in.statusCode()).isEqualTo(422);
        assertThat(in.body()).contains("too long for a browser's cookie").doesNotContain(token);
        assertThat(send("GET", "/api/v1/about", null, bearer(token)).status()).isEqualTo(200);
    }

    @Test
    void shouldTakeNoChangesFromPagesOfOtherSitesByCookie() throws Exception {
        String token = tokens.of(Role.ADMIN);
        for (Operation operation : DOCUMENT.operations()) {
            if (operation.method().equals("get")) {
                continue;
            }
            for (String site : List.of("cross-site", "same-site")) {
                assertThat(send(operation, "Cookie", cookie(token)[1], "Sec-Fetch-Site", site)
                                .status())
                        .as(operation + " from " + site)
                        .isEqualTo(403);
            }
            assertThat(send(operation, "Cookie", cookie(token)[1], "Origin", "https://elsewhere.example")
                            .status())
                    .as(operation.toString())
                    .isEqualTo(403);
            assertThat(send(operation, "Cookie", cookie(token)[1], "Origin", "null")
                            .status())
                    .as(operation.toString())
                    .isEqualTo(403);
            assertThat(send(
                                    operation,
                                    "Cookie",
                                    cookie(token)[1],
                                    "Origin",
                                    home.toString().replaceAll("/$", ""))
                            .status())
                    .as(operation.toString())
                    .isNotIn(401, 403);
        }
    }

    @Test
    void shouldEndTheStreamOfEventsWithItsToken() throws Exception {
        // given
        Map<String, Object> claims = TestTokens.claims("ann", "viewer");
        claims.put("exp", Instant.now().plusSeconds(4).getEpochSecond());
        String shortLived = tokens.signed(claims);
        String revoked = tokens.addStatic("leaver", Role.VIEWER);
        await().until(() -> send("GET", "/api/v1/about", null, bearer(revoked)).status() == 200);

        try (EventStream byHeader = events(bearer(shortLived));
                EventStream byCookie = events(cookie(revoked));
                EventStream stays = events(bearer(tokens.of(Role.VIEWER)))) {
            // when
            tokens.revoke("leaver");

            // then
            assertThat(isEnded(byCookie)).isTrue();
            assertThat(isEnded(byHeader)).isTrue();
            assertThat(stays.next("statistics")).isNotEmpty();
            assertThat(send("GET", "/api/v1/about", null, cookie(revoked)).status())
                    .isEqualTo(401);
            assertThat(send("GET", "/api/v1/about", null, bearer(shortLived))
                            .problem()
                            .path("detail")
                            .asText())
                    .isEqualTo("The token has expired.");
        }
    }

    private EventStream events(String[] shown) throws Exception {
        return EventStream.open(http, home.resolve("/api/v1/events"), shown);
    }

    private static boolean isEnded(EventStream stream) {
        try {
            while (true) {
                stream.nextEvent();
            }
        } catch (NoSuchElementException e) {
            return true;
        }
    }

    @Test
    void shouldFollowTheKeysOfTheIssuer() throws Exception {
        // given
        PublicJsonWebKey first = tokens.key("first");
        PublicJsonWebKey second = tokens.newKey("second");
        String early = TestTokens.signed(TestTokens.claims("ann", "viewer"), second);
        assertThat(send("GET", "/api/v1/about", null, bearer(early)).status()).isEqualTo(401);
        try {
            // when
            tokens.publish(second);

            // then
            await().until(() ->
                    send("GET", "/api/v1/about", null, bearer(early)).status() == 200);
            assertThat(send("GET", "/api/v1/about", null, bearer(tokens.of(Role.VIEWER)))
                            .status())
                    .as("signed by a key that was withdrawn")
                    .isEqualTo(401);
        } finally {
            tokens.publish(first);
            await().until(() -> send("GET", "/api/v1/about", null, bearer(tokens.of(Role.VIEWER)))
                            .status()
                    == 200);
        }
    }

    @Test
    void shouldNotAskTheIssuerForEachToken() throws Exception {
        // given
        PublicJsonWebKey unknown = tokens.newKey("unknown");
        int before = timesAsked();
        long start = System.nanoTime();

        // when
        for (int i = 0; i < 100; i++) {
            unknown.setKeyId("unknown-" + i);
            assertThat(send("GET", "/api/v1/about", null, bearer(TestTokens.signed(TestTokens.claims("x"), unknown)))
                            .status())
                    .isEqualTo(401);
        }

        // then
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat(timesAsked() - before).isLessThanOrEqualTo((int) seconds / 2 + 2);
    }

    private int timesAsked() throws Exception {
        return Integer.parseInt(http.send(
                        HttpRequest.newBuilder(ConfigProvider.getConfig().getValue("test.issuer.asked", URI.class))
                                .build(),
                        BodyHandlers.ofString())
                .body());
    }
}
