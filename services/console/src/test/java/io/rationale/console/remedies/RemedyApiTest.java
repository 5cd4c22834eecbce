package io.rationale.console.remedies;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.console.AuditProducer;
import io.rationale.console.ConsoleBroker;
import io.rationale.console.EventStream;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Remedies over HTTP, with sources of their own. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class RemedyApiTest {
    @TestHTTPResource("/api/v1/")
    URI api;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @Inject
    StatisticsProgress progress;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
    }

    private HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return json(http.send(HttpRequest.newBuilder(api.resolve(path)).build(), HttpResponse.BodyHandlers.ofString()));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private void judged() throws Exception {
        Instant now = Instant.now();
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean isBefore = i < 100;
            Instant seen = now.minus(Duration.ofMinutes(isBefore ? 90 : 30)).plusSeconds(i % 100);
            boolean isMissed = isBefore ? i < 40 : i < 110;
            events.add(classified(
                    note("cured-" + i, "cured", seen, "Text."), V1, isMissed ? "missed-retrieval" : "other"));
        }
        try (AuditProducer producer = new AuditProducer(brokers)) {
            producer.commit(events);
        }
        progress.awaitCaughtUp(Duration.ofSeconds(60));
    }

    @Test
    void shouldTellWhatARemedyDid() throws Exception {
        // given
        judged();
        Instant deployed = Instant.now().minus(Duration.ofHours(1));
        try (EventStream events = EventStream.open(http, api.resolve("events"))) {
            events.nextEvent("statistics");

            // when
            HttpResponse<String> answer = post(
                    "remedies",
                    "{\"by\": \" Ada \", \"category\": \"missed-retrieval\", \"sources\": [\"cured\"], \"deployedAt\": \""
                            + deployed + "\"}");

            // then
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            events.nextEvent("remedies");
            JsonNode remedy = json(answer);
            String path = "remedies/" + remedy.path("id").asText();
            assertThat(answer.headers().firstValue("Location"))
                    .hasValueSatisfying(to -> assertThat(to).endsWith(path));
            assertThat(remedy.path("by").asText()).isEqualTo("Ada");
            assertThat(remedy.path("what").asText()).isNotBlank();
            assertThat(remedy.at("/before/count").asLong()).isEqualTo(40);
            assertThat(remedy.at("/before/decided").asLong()).isEqualTo(100);
            assertThat(remedy.at("/after/count").asLong()).isEqualTo(10);
            assertThat(remedy.at("/change/significant").asBoolean()).isTrue();
            assertThat(remedy.has("elsewhere")).isTrue();
            assertThat(get("remedies?source=cured&category=missed-retrieval").path("remedies"))
                    .hasSize(1);
            assertThat(get("remedies?source=elsewhere").path("remedies"))
                    .noneMatch(each -> each.path("id").equals(remedy.path("id")));

            // and when it is taken back at once, nothing is left to compare
            HttpResponse<String> ended = post(path + "/withdraw", "{\"by\": \"Grace\", \"at\": \"" + deployed + "\"}");
            assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
            assertThat(json(ended).at("/withdrawal/by").asText()).isEqualTo("Grace");
            assertThat(json(ended).has("change")).isFalse();
            assertThat(post(path + "/withdraw", "{\"by\": \"Grace\"}").statusCode())
                    .isEqualTo(409);
            assertThat(get(path).at("/withdrawal/at").asText()).isEqualTo(deployed.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by         | {'category': 'other'}",
                "category   | {'by': 'Ada'}",
                "category   | {'by': 'Ada', 'category': 'nothing-like-it'}",
                "taxonomy   | {'by': 'Ada', 'category': 'other', 'taxonomy': 'nobody@1'}",
                "taxonomy   | {'by': 'Ada', 'category': 'other', 'taxonomy': 'nobody'}",
                "deployedAt | {'by': 'Ada', 'category': 'missed-retrieval', 'deployedAt': 'yesterday'}",
                "deployedAt | {'by': 'Ada', 'category': 'missed-retrieval', 'deployedAt': '2999-01-01T00:00:00Z'}",
                "sources    | {'by': 'Ada', 'category': 'missed-retrieval', 'sources': 'clinic'}",
                "sources    | {'by': 'Ada', 'category': 'missed-retrieval', 'sources': [' ']}",
            })
    void shouldNameTheFieldThatIsWrong(String field, String body) throws Exception {
        // when
        HttpResponse<String> answer = post("remedies", body.replace('\'', '"'));

        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(json(answer).path("field").asText()).isEqualTo(field);
        assertThat(json(answer).path("detail").asText()).endsWith(".");
    }

    @Test
    void shouldRefuseWhatIsNotMeantForIt() throws Exception {
        String body = "{\"by\": \"Ada\", \"category\": \"missed-retrieval\"}";

        assertThat(post("remedies", body, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(post("remedies", "[").statusCode()).isEqualTo(400);
        assertThat(post("remedies/nobody/withdraw", "{\"by\": \"Ada\"}").statusCode())
                .isEqualTo(404);
        assertThat(get("remedies?days=31").path("status").asInt()).isEqualTo(400);
    }
}
