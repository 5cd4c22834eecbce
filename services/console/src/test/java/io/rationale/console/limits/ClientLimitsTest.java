package io.rationale.console.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rationale.console.ConsoleBroker;
import io.rationale.console.EventStream;
import io.rationale.console.access.ApiTokens;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A console behind a proxy that gives each client little. Each test has names and an address of its own. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
@TestProfile(ClientLimitsTest.Narrow.class)
class ClientLimitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 60;
    private static final int BAD_TOKENS = 20;
    private static final int SIGN_INS = 5;

    @TestHTTPResource("/")
    URI console;

    private final HttpClient http = HttpClient.newHttpClient();
    private String address;

    /** The settings. */
    public static class Narrow implements QuarkusTestProfile {
        static final List<String> NAMES = List.of("busy", "calm", "listener", "neighbour");
        static final String PREFIX = "rationale_0123456789012345678901234567890123456789";

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path tokens = Files.createTempFile("tokens", "");
                Files.write(
                        tokens,
                        NAMES.stream()
                                .map(name -> name + " viewer " + ApiTokens.sha256(PREFIX + name))
                                .toList());
                return Map.of(
                        "quarkus.http.proxy.proxy-address-forwarding", "true",
                        "quarkus.http.proxy.trusted-proxies", "127.0.0.1",
                        "rationale.auth.tokens-file", tokens.toString(),
                        "rationale.limits.requests-per-second", "1",
                        "rationale.limits.requests-at-once", String.valueOf(AT_ONCE),
                        "rationale.limits.bad-tokens-per-minute", "1",
                        "rationale.limits.bad-tokens-at-once", String.valueOf(BAD_TOKENS),
                        "rationale.limits.sign-ins-per-minute", "1",
                        "rationale.limits.sign-ins-at-once", String.valueOf(SIGN_INS),
                        "rationale.limits.streams-per-client", "2");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @AfterEach
    void close() {
        http.close();
    }

    private HttpResponse<String> get(String path, String token) {
        return send(HttpRequest.newBuilder(console.resolve(path)).header("Authorization", "Bearer " + token));
    }

    private HttpResponse<String> signIn(String token) {
        return send(HttpRequest.newBuilder(console.resolve("api/v1/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}")));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.header("X-Forwarded-For", address).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String tokenOf(String name) {
        return Narrow.PREFIX + name;
    }

    private static void shouldAskToComeBack(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("retry-after").orElse("")).matches("[1-9]\\d*");
        assertThat(answer.headers().firstValue("content-security-policy")).isPresent();
        JsonNode problem = Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).endsWith(".");
    }

    @Test
    void shouldLimitANameAndNotItsNeighbours() {
        address = "192.0.2.1";
        // when
        List<Integer> statuses = IntStream.range(0, 2 * AT_ONCE)
                .map(i -> get("api/v1/about", tokenOf("busy")).statusCode())
                .boxed()
                .toList();

        // then
        assertThat(statuses.subList(0, AT_ONCE)).containsOnly(200);
        assertThat(statuses).contains(429);
        shouldAskToComeBack(429, get("api/v1/about", tokenOf("busy")));
        assertThat(get("api/v1/about", tokenOf("calm")).statusCode()).isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() -> get("api/v1/about", tokenOf("busy")).statusCode() == 200);
    }

    @Test
    void shouldLimitBadTokensWithoutLockingOutWhoIsKnown() {
        address = "192.0.2.2";
        // given somebody at the same address
        assertThat(get("api/v1/about", "mistyped").statusCode()).isEqualTo(401);
        assertThat(get("api/v1/about", tokenOf("neighbour")).statusCode()).isEqualTo(200);

        // when
        List<Integer> statuses = IntStream.range(0, 2 * BAD_TOKENS)
                .map(i -> get("api/v1/about", "guess" + i).statusCode())
                .boxed()
                .toList();

        // then
        assertThat(statuses).containsOnly(401, 429).endsWith(429);
        shouldAskToComeBack(429, get("api/v1/about", "guess"));
        assertThat(get("api/v1/about", tokenOf("neighbour")).statusCode()).isEqualTo(200);
        assertThat(get("q/health/live", "guess").statusCode()).isEqualTo(200);

        // and elsewhere
        address = "192.0.2.99";
        assertThat(get("api/v1/about", "guess").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldLimitTriesToSignIn() {
        // given
        address = "192.0.2.5";

        // when
        List<Integer> statuses = IntStream.range(0, 2 * SIGN_INS)
                .map(i -> signIn("guess" + i).statusCode())
                .boxed()
                .toList();

        // then
        assertThat(statuses).containsOnly(401, 429).startsWith(401).endsWith(429);
        shouldAskToComeBack(429, signIn("guess"));
        shouldAskToComeBack(429, signIn(tokenOf("calm")));
        assertThat(get("api/v1/about", tokenOf("calm")).statusCode()).isEqualTo(200);
        address = "192.0.2.98";
        assertThat(signIn(tokenOf("calm")).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldFollowNoMoreStreamsThanAllowed() throws Exception {
        address = "192.0.2.3";
        // given
        URI events = console.resolve("api/v1/events");
        try (EventStream one = EventStream.open(http, events, "Authorization", "Bearer " + tokenOf("listener"));
                EventStream other = EventStream.open(http, events, "Authorization", "Bearer " + tokenOf("listener"))) {
            assertThat(List.of(one.nextEvent(), other.nextEvent())).doesNotContainNull();

            // then
            shouldAskToComeBack(503, get("api/v1/events", tokenOf("listener")));
        }

        // and when they have gone
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            try (EventStream next = EventStream.open(http, events, "Authorization", "Bearer " + tokenOf("listener"))) {
                return next.nextEvent() != null;
            }
        });
    }

    @Test
    void shouldBelieveTheProxyThatItTrustsThatTheClientCameOverTls() {
        address = "192.0.2.6";
        HttpRequest.Builder signIn = HttpRequest.newBuilder(console.resolve("api/v1/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"token\":\"" + tokenOf("calm") + "\"}"));

        // when
        HttpResponse<String> plain = send(signIn.copy());
        HttpResponse<String> secure = send(signIn.copy().header("X-Forwarded-Proto", "https"));

        // then
        assertThat(plain.headers().firstValue("set-cookie").orElseThrow()).doesNotContain("Secure");
        assertThat(plain.headers().firstValue("strict-transport-security")).isEmpty();
        assertThat(secure.statusCode()).as(secure.body()).isEqualTo(200);
        assertThat(secure.headers().firstValue("set-cookie").orElseThrow()).contains("; Secure");
        assertThat(secure.headers().firstValue("strict-transport-security")).isPresent();
    }

    @Test
    void shouldAlwaysTellItsHealth() {
        address = "192.0.2.4";
        for (int i = 0; i < 2 * AT_ONCE; i++) {
            assertThat(send(HttpRequest.newBuilder(console.resolve("q/health/live")))
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
