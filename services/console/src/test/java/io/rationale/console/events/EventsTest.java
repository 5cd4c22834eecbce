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
import io.rationale.console.Events;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The event stream of the running console. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class EventsTest {
    @TestHTTPResource("/api/v1/events")
    URI uri;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @Inject
    LiveSignals signals;

    private final HttpClient http = HttpClient.newHttpClient();
    private AuditProducer producer;

    @BeforeEach
    void open() {
        producer = new AuditProducer(brokers);
    }

    @AfterEach
    void close() {
        producer.close();
        http.close();
    }

    private void decide(String id) {
        producer.commit(List.of(classified(note(id), V1, "other")));
    }

    private static List<String> noteIds(EventStream.Event decisions) {
        JsonNode json = Json.tree(decisions.data().getBytes(StandardCharsets.UTF_8));
        return json.path("decisions").findValuesAsText("noteId");
    }

    @Test
    void shouldGreetWithAnIdAndTellStatisticsAtOnce() throws Exception {
        try (EventStream events = EventStream.open(http, uri)) {
            // when
            EventStream.Event first = events.nextEvent();
            EventStream.Event second = events.nextEvent();

            // then
            assertThat(first.comment()).isEqualTo("connected");
            assertThat(Positions.decode(first.id())).isPresent();
            assertThat(first.data()).isEmpty();
            assertThat(second.name()).isEqualTo("statistics");
            assertThat(second.data()).matches("\\{\"revision\":\\d+}");
            assertThat(second.id()).isEmpty();
        }
    }

    @Test
    void shouldTellTwoListenersAndGoOnAfterTheLastId() throws Exception {
        // given
        EventStream.Event seen;
        try (EventStream one = EventStream.open(http, uri);
                EventStream other = EventStream.open(http, uri)) {
            one.nextEvent("statistics");
            other.nextEvent("statistics");
            decide("l1");
            seen = one.nextEvent("decisions");
            assertThat(noteIds(seen)).containsExactly("l1");
            assertThat(noteIds(other.nextEvent("decisions"))).containsExactly("l1");
        }

        // when
        decide("l2");

        // then
        try (EventStream again = EventStream.open(http, uri, "Last-Event-ID", seen.id());
                EventStream curl = EventStream.open(http, URI.create(uri + "?lastEventId=" + seen.id()))) {
            assertThat(noteIds(again.nextEvent("decisions"))).containsExactly("l2");
            assertThat(noteIds(curl.nextEvent("decisions"))).containsExactly("l2");
        }
    }

    @Test
    void shouldResetAfterGarbage() throws Exception {
        try (EventStream events = EventStream.open(http, uri, "Last-Event-ID", "%00; drop")) {
            assertThat(events.nextEvent("reset").data()).contains("load anew");
        }
    }

    @Test
    void shouldTellOfAlerts() throws Exception {
        try (EventStream events = EventStream.open(http, uri)) {
            events.nextEvent("statistics");

            // when
            IntStream.range(0, 100).forEach(i -> signals.changed("alerts"));

            // then
            assertThat(events.next("alerts")).contains("revision");
        }
    }

    /** More than the sockets of both ends and the log hold. */
    @Test
    void shouldNotBufferForAListenerThatDoesNotRead() throws Exception {
        try (Socket socket = new Socket()) {
            // given
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
            socket.getOutputStream()
                    .write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            while (!lines.readLine().contains("statistics")) {
                // the greeting
            }

            // when
            try (EventStream quick = EventStream.open(http, uri)) {
                quick.nextEvent("statistics");
                String source = "a source of some length ".repeat(40);
                for (int i = 0; i < 60; i++) {
                    int commit = i;
                    producer.commit(IntStream.range(0, 500)
                            .<AuditEvent>mapToObj(
                                    n -> classified(note("s" + commit + "-" + n, source, Events.TEN, "x"), V1, "other"))
                            .toList());
                    int told = 0;
                    while (told < 500) {
                        told += noteIds(quick.nextEvent("decisions")).size();
                    }
                }
            }

            // then
            String line = lines.readLine();
            while (!line.equals("event:reset")) {
                line = lines.readLine();
            }
            assertThat(line).isEqualTo("event:reset");
        }
    }
}
