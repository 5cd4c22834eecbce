package io.rationale.console.events;

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
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From the commit in the audit to the event at a listener over HTTP. A measurement, so it is asked for by {@code
 * -Drationale.measure=true}.
 */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
@EnabledIfSystemProperty(named = "rationale.measure", matches = "true")
class EventLatencyTest {
    @TestHTTPResource("/api/v1/events")
    URI uri;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @ParameterizedTest
    @CsvSource({"warm, 300, 1, 20", "single, 1000, 1, 20", "load, 500, 40, 20"})
    void shouldBeQuick(String name, int commits, int decisions, int millisBetween) throws Exception {
        // given
        Map<String, Long> committed = new ConcurrentHashMap<>();
        Map<String, Long> seen = new HashMap<>();
        try (HttpClient http = HttpClient.newHttpClient();
                AuditProducer producer = new AuditProducer(brokers);
                EventStream events = EventStream.open(http, uri)) {
            events.nextEvent("statistics");
            Thread writer = Thread.ofPlatform()
                    .start(() -> write(producer, name, commits, decisions, millisBetween, committed));

            // when
            while (seen.size() < commits * decisions) {
                EventStream.Event event = events.nextEvent("decisions");
                long now = System.nanoTime();
                JsonNode json = Json.tree(event.data().getBytes(StandardCharsets.UTF_8));
                json.path("decisions").findValuesAsText("noteId").forEach(id -> seen.put(id, now));
            }
            writer.join();
        }

        // then
        List<Long> micros = seen.keySet().stream()
                .map(id -> TimeUnit.NANOSECONDS.toMicros(seen.get(id) - committed.get(id)))
                .sorted()
                .toList();
        System.out.printf(
                "LATENCY %s: commits=%d decisions=%d median=%.1f ms p99=%.1f ms max=%.1f ms%n",
                name,
                commits,
                micros.size(),
                micros.get(micros.size() / 2) / 1e3,
                micros.get(micros.size() * 99 / 100) / 1e3,
                micros.getLast() / 1e3);
        assertThat(name.equals("warm") || micros.get(micros.size() * 99 / 100) < 300_000)
                .isTrue();
    }

    /** The clock of a decision starts before its commit is asked for. */
    private static void write(
            AuditProducer producer,
            String name,
            int commits,
            int decisions,
            int millisBetween,
            Map<String, Long> committed) {
        long begin = System.nanoTime();
        String words = "So the note says that nothing was found, which is about retrieval. ".repeat(40);
        for (int i = 0; i < commits; i++) {
            int commit = i;
            List<AuditEvent> events = new ArrayList<>(IntStream.range(0, decisions)
                    .mapToObj(d -> classified(
                            note(name + "-" + commit + "-" + d, "load", io.rationale.console.Events.TEN, words),
                            V1,
                            "other"))
                    .toList());
            long now = System.nanoTime();
            events.forEach(event -> committed.put(event.noteId(), now));
            producer.commit(events);
            java.util.concurrent.locks.LockSupport.parkNanos(
                    begin + TimeUnit.MILLISECONDS.toNanos((long) millisBetween * (commit + 1)) - System.nanoTime());
        }
        System.out.printf("LATENCY %s: written in %d ms%n", name, (System.nanoTime() - begin) / 1_000_000);
    }
}
