package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.rationale.console.access.ApiTokens;
import io.rationale.console.access.Role;
import io.rationale.console.access.TokenEntry;
import io.rationale.console.access.TokenFile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole flow with secrets that are marked, before an R1 and a receiver of alerts that repeat them wherever they can;
 * then everything that the program has written, said and answered is searched for the marks.
 */
class SecretsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "mark-r1-key-4f1c";
    private static final String PASSWORD = "mark-kafka-password-77ad";
    private static final String TOKEN = "mark-webhook-token-c0de";
    private static final String PATH = "mark-webhook-path-9b21";
    private static final String ADMIN = "rationale_mark-admin-51aa";
    private static final String FORGED = "rationale_mark-forged-2be8";
    private static final String FORGED_JWT = "eyJtYXJrIjoxfQ.bWFyay1mb3JnZWQ.bWFyaw";
    private static final List<String> MARKS = List.of(
            KEY,
            PASSWORD,
            TOKEN,
            PATH,
            ADMIN,
            FORGED,
            FORGED_JWT,
            Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8)));
    private static final int NOTES = 40;

    @TempDir
    Path folder;

    private final List<String> presented = new CopyOnWriteArrayList<>();
    private ScriptedR1 r1;

    @BeforeEach
    void start() {
        r1 = ScriptedR1.start(
                "chatty",
                notes -> new ScriptedR1.Said(
                        "They gave me a key.", ScriptedR1.verdicts(notes, "wrong-format", "Because.")),
                this::refuses);
        r1.serve("/" + PATH, this::refuseAlert);
    }

    @AfterEach
    void stop() {
        r1.close();
    }

    @Test
    void shouldTellNoSecretToAnybody() throws Exception {
        // given: logs say more than by default
        Path tokens = folder.resolve("tokens");
        new TokenFile(tokens)
                .add(new TokenEntry("ops", EnumSet.of(Role.ADMIN), ApiTokens.sha256(ADMIN), Optional.empty()));
        Path config = Files.createDirectory(folder.resolve("config")).resolve("application.properties");
        Files.writeString(config, """
                rationale.r1.api-key=%s
                kafka.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="%s";
                kafka.ssl.keystore.password=%s
                rationale.alerts.webhooks.pager.url=http://%s/%s?also=%s
                rationale.alerts.webhooks.pager.token=%s
                rationale.alerts.rules.undecided=undecided above 1 %% over 1 h with at least 5 notes
                rationale.auth.tokens-file=%s
                rationale.auth.jwt.issuer=https://issuer.example
                rationale.auth.jwt.audience=rationale
                rationale.auth.jwt.jwks=http://%s/nothing?key=%s
                quarkus.http.access-log.enabled=true
                quarkus.log.category."org.apache.kafka".level=INFO
                quarkus.log.category."io.rationale".level=DEBUG
                """.formatted(
                        KEY, PASSWORD, PASSWORD, r1.address(), PATH, PATH, TOKEN, tokens, r1.address(), PATH));
        Traces traces = new Traces();
        try (Served served = Served.start(folder, r1.baseUrl(), ADMIN)) {
            // when
            served.post("api/v1/notes", "application/x-ndjson", notes());
            served.awaitJudged(NOTES);
            await().atMost(PATIENCE).until(() -> presented.contains("hook Bearer " + TOKEN));

            // then: the secrets were really used
            assertThat(presented).contains("r1 Bearer " + KEY);
            for (String path : paths(served)) {
                HttpResponse<String> answer = served.get(path);
                traces.add("GET " + path, answer.headers().map() + answer.body());
            }
            traces.add(
                    "POST nonsense",
                    served.post("api/v1/notes", "application/x-ndjson", "{nonsense")
                            .body());
            signIn(served, traces);
            Traces.topics(served.brokers()).values().stream()
                    .flatMap(List::stream)
                    .forEach(traces::add);
            RationaleProcess.Result ended = served.terminate();
            traces.add("standard output", ended.out());
            traces.add("standard error", ended.err());
        }
        traces.addFiles(folder, file -> !file.equals(config));
        assertThat(traces.at(folder.resolve("data").resolve("rationale.log").toString()))
                .contains("INFO  [org.apa.kaf.");
        traces.haveNoneOf(MARKS, 60);
    }

    private boolean refuses(HttpExchange exchange, String body) throws IOException {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        presented.add("r1 " + given);
        exchange.getResponseHeaders().add("X-Echo", String.valueOf(given));
        boolean refuses = body.contains("refuse");
        if (refuses) {
            ScriptedR1.send(exchange, 400, "{\"error\":{\"message\":\"bad key " + given + "\"}}");
        }
        return refuses;
    }

    private void refuseAlert(HttpExchange exchange) throws IOException {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        presented.add("hook " + given);
        ScriptedR1.send(exchange, 400, "no " + given + " " + exchange.getRequestURI());
    }

    private static String notes() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < NOTES; i++) {
            lines.append("{\"id\":\"n-%d\",\"text\":\"Table %d is missing%s.\"}%n"
                    .formatted(i, i, i % 4 == 0 ? "; refuse" : ""));
        }
        return lines.toString();
    }

    /** What is told to those who show a token, good or bad, and to those who show it in a wrong way. */
    private static void signIn(Served served, Traces traces) {
        for (String shown : List.of("Bearer " + FORGED, "Bearer " + FORGED_JWT, "Basic " + FORGED, FORGED)) {
            HttpResponse<String> answer =
                    served.exchangeAsStranger(served.request("api/v1/about").header("Authorization", shown));
            assertThat(answer.statusCode()).isIn(401, 503);
            traces.add("GET about with " + shown, answer.headers().map() + answer.body());
        }
        for (String body : List.of(
                "{\"token\":\"" + FORGED + "\"}",
                "{\"token\":\"" + FORGED_JWT + "\"}",
                "{\"token\":[\"" + FORGED + "\"]}",
                "{\"token\":\"" + FORGED,
                "{\"token\":\"" + ADMIN + "\"}")) {
            HttpResponse<String> answer =
                    served.exchangeAsStranger(served.posting("api/v1/session", "application/json", body));
            traces.add("POST session " + body, answer.body());
        }
    }

    private static List<String> paths(Served served) {
        List<String> paths = new ArrayList<>(List.of(
                "",
                "api/v1/notes?limit=100",
                "api/v1/statistics",
                "api/v1/status",
                "api/v1/alerts",
                "api/v1/dead-letters?limit=50",
                "api/v1/taxonomies",
                "api/v1/reviews",
                "api/v1/nowhere",
                "api/v1/notes/nobody",
                "api/v1/notes?category=~nonsense",
                "api/v1/export/verdicts?format=csv",
                "api/v1/openapi",
                "api/v1/session",
                "q/health",
                "q/metrics"));
        for (int i = 0; i < NOTES; i++) {
            paths.add("api/v1/notes/n-" + i);
        }
        for (JsonNode letter : served.json("api/v1/dead-letters?limit=5").path("letters")) {
            paths.add("api/v1/dead-letters/" + letter.path("partition").asInt() + "/"
                    + letter.path("offset").asLong());
        }
        return paths;
    }
}
