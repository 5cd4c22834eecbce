package io.rationale.console;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rationale.console.search.AuditIndexer;
import io.rationale.console.search.NoteIndex;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A console with room for one of each, and what the next one is told. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
@TestProfile(LimitsTest.Narrow.class)
class LimitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** More than the sockets of both ends hold. */
    private static final int NOTES = 2_000;
    /** More than the console waits for before it begins to take notes in. */
    private static final String BLANK = "\r\n".repeat(600_000);

    private static volatile boolean indexing;

    @TestHTTPResource("/api/v1/")
    URI api;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @Inject
    StatisticsProgress progress;

    private final HttpClient http = HttpClient.newHttpClient();

    /** The settings. */
    public static class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rationale.events.max-connections", "1", "rationale.intake.max-requests", "1");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(SlowIndex.class);
        }
    }

    /** Is behind when it is told to be. */
    @Alternative
    @Singleton
    public static class SlowIndex {
        @Produces
        @Singleton
        NoteSearch search(NoteIndex index, AuditIndexer indexer) {
            return new NoteSearch(index, () -> !indexing && indexer.loaded(), () -> 0.4);
        }
    }

    @AfterEach
    void close() {
        indexing = false;
        http.close();
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(api.resolve(path)));
    }

    private HttpResponse<String> post(String text) {
        return send(HttpRequest.newBuilder(api.resolve("notes"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(text)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static void shouldAskToComeBack(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("retry-after").orElse("")).matches("[1-9]\\d*");
        assertThat(json(answer).path("detail").asText()).endsWith(".");
    }

    /** A client that says what it is told to and reads nothing. */
    private Socket connect(String head) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.connect(new InetSocketAddress(api.getHost(), api.getPort()));
        say(socket, head.replace("\n", "\r\n"));
        return socket;
    }

    /** The same, as soon as it is answered. */
    private Socket begun(String head) {
        Socket[] begun = new Socket[1];
        await().atMost(PATIENCE).until(() -> {
            Socket socket = connect(head);
            begun[0] = socket;
            String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            if (!status.equals("HTTP/1.1 200")) {
                socket.close();
            }
            return !socket.isClosed();
        });
        return begun[0];
    }

    private static void say(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Test
    void shouldListenToNoMoreThanAllowed() throws Exception {
        // given
        try (EventStream only = EventStream.open(http, api.resolve("events"))) {
            only.nextEvent("statistics");

            // then
            shouldAskToComeBack(503, get("events"));
        }

        // and when it has gone
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            try (EventStream next = EventStream.open(http, api.resolve("events"))) {
                return next.nextEvent() != null;
            }
        });
    }

    @Test
    void shouldTakeInNoMoreRequestsThanAllowed() throws Exception {
        // given
        try (Socket slow = connect("POST /api/v1/notes HTTP/1.1\nHost: localhost\nContent-Type: text/plain\n"
                + "Content-Length: " + (BLANK.length() + 9) + "\nConnection: close\n\n")) {
            say(slow, BLANK + "one\r\n");
            // then
            await().atMost(PATIENCE).until(() -> post("two").statusCode() == 429);
            HttpResponse<String> refused = post("two");
            shouldAskToComeBack(429, refused);
            assertThat(json(refused).path("detail").asText()).contains("no note was accepted");

            // and when the slow one ends
            say(slow, "two\n");
            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 202")
                    .contains("\"accepted\":2");
        }
        await().atMost(PATIENCE).until(() -> post("three").statusCode() == 202);

        // and when a client leaves in the middle of its body
        try (Socket gone = connect("POST /api/v1/notes HTTP/1.1\nHost: localhost\nContent-Type: text/plain\n"
                + "Content-Length: " + (BLANK.length() + 9) + "\n\n")) {
            say(gone, BLANK);
        }
        await().atMost(PATIENCE).until(() -> post("three").statusCode() == 202);
    }

    @Test
    void shouldEndAnExportWhoseClientLeaves() throws Exception {
        // given
        String text = "A note of some length. ".repeat(200);
        try (AuditProducer producer = new AuditProducer(brokers)) {
            for (int from = 0; from < NOTES; from += 50) {
                producer.commit(IntStream.range(from, from + 50)
                        .<AuditEvent>mapToObj(
                                i -> classified(note("x" + i, "export", Events.TEN, text + i), V1, "other"))
                        .toList());
            }
        }
        progress.awaitCaughtUp(Duration.ofSeconds(60));
        String head = "GET /api/v1/export/verdicts?source=export HTTP/1.1\nHost: localhost\n\n";

        for (int round = 0; round < 3; round++) {
            // when
            try (Socket one = begun(head);
                    Socket other = begun(head)) {
                assertThat(List.of(one, other)).noneMatch(Socket::isClosed);
                shouldAskToComeBack(503, get("export/verdicts?source=nobody"));
            }

            // then
            await().atMost(PATIENCE)
                    .until(() -> get("export/verdicts?source=nobody").statusCode() == 200);
        }
        assertThat(get("export/verdicts?source=export").body().lines()).hasSize(NOTES);
    }

    @Test
    void shouldCountWhileTheNotesAreBeingIndexed() throws Exception {
        // given
        try (AuditProducer producer = new AuditProducer(brokers)) {
            producer.commit(List.of(classified(note("i1", "indexing", Events.TEN, "Text."), V1, "other")));
        }
        progress.awaitCaughtUp(Duration.ofSeconds(60));
        assertThat(json(get("statistics?source=indexing")).has("examplesPending"))
                .isFalse();

        // when
        indexing = true;

        // then
        JsonNode table = json(get("statistics?source=indexing"));
        assertThat(table.path("decided").asInt()).isEqualTo(1);
        assertThat(table.path("examplesPending").asBoolean()).isTrue();
        assertThat(table.at("/rows/0/examples")).isEmpty();
        for (String path : List.of("notes", "notes/i1", "export/verdicts")) {
            HttpResponse<String> refused = get(path);
            shouldAskToComeBack(503, refused);
            assertThat(json(refused).path("detail").asText()).contains("40 %");
        }
    }
}
