package io.rationale.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.core.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an orchestrator asks; docs/metrics.md lists it. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class HealthTest {
    @TestHTTPResource("/")
    URI home;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
    }

    private JsonNode health(String kind) throws Exception {
        return Json.tree(http.send(
                        HttpRequest.newBuilder(home.resolve("q/health/" + kind)).build(), BodyHandlers.ofByteArray())
                .body());
    }

    private static List<String> checks(JsonNode health) {
        return health.path("checks").findValuesAsText("name");
    }

    @Test
    void shouldLiveWhateverTheStatisticsHaveComeTo() throws Exception {
        JsonNode health = health("live");

        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(checks(health)).containsExactly("statistics-streams");
    }

    @Test
    void shouldBecomeReady() throws Exception {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> "UP".equals(health("ready").path("status").asText()));

        assertThat(checks(health("ready"))).contains("statistics", "Kafka Streams topics health check");
    }
}
