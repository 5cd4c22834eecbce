package io.rationale.console.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rationale.console.ConsoleBroker;
import io.rationale.console.EventStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that send slowly, read slowly, or send what is none of HTTP, in numbers, beside one that behaves. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
@TestProfile(SlowClientsTest.Short.class)
class SlowClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofMillis(100);
    /** How long the client that behaves may wait for an answer, on a machine that does much else. */
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private static final int CONNECTIONS = 200;
    /** A clear word, or the connection is closed at once. */
    private static final Pattern ANSWER = Pattern.compile("^(HTTP/\\d\\.\\d (200|4\\d\\d|501|505) |$)");

    private static final String POST = "POST %s HTTP/1.1\nHost: localhost\nContent-Type: %s\n";

    @TestHTTPResource("/")
    URI console;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<RawClient> clients = new ArrayList<>();
    private final List<LogRecord> errors = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.SEVERE.intValue() || record.getThrown() != null) {
                errors.add(record);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** The settings. */
    public static class Short implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rationale.limits.head-time", "1s",
                    "rationale.limits.pace-time", "1s",
                    "rationale.limits.idle-time", "3s",
                    "rationale.limits.connections", String.valueOf(CONNECTIONS),
                    "rationale.limits.connections-per-address", String.valueOf(CONNECTIONS),
                    "rationale.limits.requests-per-second", "0",
                    "rationale.limits.body-memory", "2097152");
        }
    }

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(listener);
        await().atMost(PATIENCE).until(() -> get("api/v1/about").statusCode() == 200);
    }

    @AfterEach
    void close() throws IOException {
        Logger.getLogger("").removeHandler(listener);
        for (RawClient client : clients) {
            client.close();
        }
        http.close();
    }

    private RawClient saying(String text) throws IOException {
        RawClient client = RawClient.saying(console, text);
        clients.add(client);
        return client;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(console.resolve(path)).timeout(WITHIN).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(console.resolve(path))
                        .timeout(WITHIN)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What the console has counted of that limit. */
    private double refused(String limit) throws IOException, InterruptedException {
        return metric("rationale_limits_refused_total{limit=\"" + limit + "\"}");
    }

    private double metric(String name) throws IOException, InterruptedException {
        Matcher line = Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE)
                .matcher(get("q/metrics").body());
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    private static void awaitAnswer(RawClient client, Runnable meanwhile) {
        await().atMost(PATIENCE).pollInterval(OFTEN).until(() -> {
            meanwhile.run();
            return client.isAnswered();
        });
    }

    @Test
    void shouldNotWaitForAHeadThatDrips() throws Exception {
        // given
        RawClient slow = saying("GET / HTTP/1.1\nX-Slow: ");

        // when
        awaitAnswer(slow, () -> slow.drip('x'));

        // then
        assertThat(slow.all())
                .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                .contains("Content-Type: application/problem+json")
                .endsWith("}");
        assertThat(refused("slow-head")).isPositive();
    }

    @Test
    void shouldNotWaitForABodyThatDrips() throws Exception {
        for (String head : List.of(
                POST.formatted("/api/v1/notes", "text/plain") + "Content-Length: 10000\n\n",
                POST.formatted("/api/v1/notes", "text/plain") + "Transfer-Encoding: chunked\n\n7fff\n",
                POST.formatted("/api/v1/notes", "multipart/form-data; boundary=b") + "Content-Length: 10000\n\n--b\n",
                POST.formatted("/api/v1/reclassifications/estimate", "application/json")
                        + "Content-Length: 10000\n\n{")) {
            // given
            RawClient slow = saying(head);

            // when
            awaitAnswer(slow, () -> slow.drip(' '));

            // then
            assertThat(slow.all())
                    .as(head)
                    .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .containsIgnoringCase("x-content-type-options: nosniff");
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldNotReadABodyWithoutEnd() throws Exception {
        // given
        for (String path :
                List.of("/api/v1/reclassifications/estimate", "/api/v1/session", "/api/nothing", "/q/health")) {
            RawClient endless = saying(POST.formatted(path, "application/json") + "Transfer-Encoding: chunked\n\n");
            byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);

            // when
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
                try {
                    endless.say(chunk);
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });

            // then it was closed: the client had no end of its own
        }
    }

    @Test
    void shouldNotWaitForAReaderThatStops() throws Exception {
        // given
        double before = refused("slow-reader");
        Matcher library = Pattern.compile("'(/_static/[^']+)'")
                .matcher(get("js/lib/echarts.js").body());
        assertThat(library.find()).isTrue();
        String ask = "GET " + library.group(1) + " HTTP/1.1\nHost: localhost\n\n";

        // when more is asked for than the sockets of both ends hold, and nothing is read
        saying(ask.repeat(20));

        // then
        await().atMost(PATIENCE).until(() -> refused("slow-reader") > before);
    }

    @Test
    void shouldCloseAConnectionThatNobodyUses() throws Exception {
        // given
        RawClient silent = RawClient.to(console);
        clients.add(silent);

        // then
        assertThat(silent.all()).isEmpty();
    }

    @Test
    void shouldKeepAConnectionForAnAnswerThatTakesItsTime() throws Exception {
        // given a stream of events
        double before = refused("slow-body");
        try (EventStream events = EventStream.open(http, console.resolve("api/v1/events"))) {
            events.nextEvent();

            // when nothing happens on it for longer than anybody may be slow, or stay without a request
            RawClient silent = RawClient.to(console);
            clients.add(silent);
            assertThat(silent.all()).isEmpty();

            // then it still tells what happens
            assertThat(post("api/v1/remedies", "application/json", "{\"by\": \"Ada\", \"category\": \"other\"}")
                            .statusCode())
                    .isEqualTo(201);
            events.nextEvent("remedies");
            assertThat(refused("slow-body")).isEqualTo(before);
        }
    }

    @Test
    void shouldServeOthersWhileHundredsAreSlow() throws Exception {
        // given more slow clients than there may be connections
        List<String> kinds = List.of(
                "",
                "GET / HT",
                "GET / HTTP/1.1\nX: ",
                POST.formatted("/api/v1/notes", "text/plain") + "Content-Length: 100000\n\nslow",
                POST.formatted("/api/v1/notes", "multipart/form-data; boundary=b") + "Content-Length: 99999\n\n--b\n",
                POST.formatted("/api/v1/remedies", "application/json") + "Content-Length: 1000\n\n{",
                POST.formatted("/api/v1/discoveries", "application/json") + "Transfer-Encoding: chunked\n\n5\n{");
        int files = openFiles();
        Random random = new Random(7);
        for (int round = 0; round < 3; round++) {
            List<RawClient> slow = new ArrayList<>();
            for (int i = 0; i < 2 * CONNECTIONS; i++) {
                slow.add(saying(kinds.get(i % kinds.size())));
                if (i % 20 == 0) {
                    // when
                    assertThat(get("api/v1/about").statusCode()).isEqualTo(200);
                    assertThat(post("api/v1/notes", "text/plain", "one note").statusCode())
                            .isEqualTo(202);
                    assertThat(get("js/lib/dom.js").statusCode()).isEqualTo(200);
                    slow.get(random.nextInt(slow.size())).drip('x');
                }
            }
        }

        // then
        assertThat(errors).extracting(LogRecord::getMessage).isEmpty();
        clients.forEach(client -> {
            try {
                client.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        await().atMost(PATIENCE).until(() -> metric("rationale_limits_connections") < 10);
        await().atMost(PATIENCE).until(() -> openFiles() < files + 40);
    }

    private static int openFiles() {
        return (int)
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Test
    void shouldTellWhoeverComesWhileAllConnectionsAreAtWork() throws Exception {
        // given
        List<RawClient> streams = new ArrayList<>();
        String said = "HTTP/1.1 200 OK";

        // when
        while (said.equals("HTTP/1.1 200 OK")) {
            streams.add(saying("GET /api/v1/events HTTP/1.1\nHost: localhost\n\n"));
            said = streams.getLast().firstLine();
        }

        // then
        assertThat(streams).hasSizeBetween(CONNECTIONS / 2, CONNECTIONS + 1);
        assertThat(said).isEqualTo("HTTP/1.1 503 Service Unavailable");
        assertThat(streams.getLast().all()).contains("Retry-After: ").contains("application/problem+json");

        // and when there is room again
        streams.getFirst().close();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get("api/v1/about").statusCode() == 200);
    }

    @Test
    void shouldMakeRoomForBodiesThatCome() throws Exception {
        // given bodies that stop shortly before they are whole, of more bytes than there is memory for
        double before = refused("body-memory");
        String part =
                POST.formatted("/api/v1/notes", "text/plain") + "Content-Length: 1000000\n\n" + " ".repeat(900_000);
        for (int i = 0; i < 4; i++) {
            saying(part);
        }

        // then
        assertThat(post("api/v1/notes", "text/plain", "one note").statusCode()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> refused("body-memory") > before);
    }

    /** What a request is answered; nothing when the connection is closed. */
    private String answer(String request) {
        try (RawClient client = RawClient.to(console)) {
            try {
                client.say(request.replaceFirst("Host: localhost\n", "Host: localhost\nConnection: close\n"));
            } catch (IOException e) {
                // It was refused before all of it was said.
            }
            return client.all();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void shouldAnswerAListenerWhoseLastIdIsNone() throws Exception {
        RawClient listener = saying("GET /api/v1/events HTTP/1.1\nHost: localhost\nLast-Event-ID: \u00ff%%%\n\n");

        assertThat(listener.firstLine()).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void shouldRefuseWhatIsNoRequestByTheThousand() throws Exception {
        // given
        String host = " HTTP/1.1\nHost: localhost\n";
        List<String> malformed = List.of(
                "\u0000\u0001\u0002\u0003\n\n",
                "nonsense\n\n",
                "GET\n\n",
                "GET / HTTP/9.9\nHost: localhost\n\n",
                "GET /%zz" + host + "\n",
                "GET /api/v1/notes/%c3%28" + host + "\n",
                "GET /api/v1/notes?limit=%zz" + host + "\n",
                "GET /api/v1/notes?cursor=%00" + host + "\n",
                "GET /" + "a".repeat(5_000) + host + "\n",
                "GET /?" + "a".repeat(5_000) + host + "\n",
                "GET /" + host + "X: " + "a".repeat(30_000) + "\n\n",
                "GET /" + host + "X: a\n".repeat(8_000) + "\n",
                "GET /" + host + ": nameless\n\n",
                "GET /" + host + "Content-Length: -1\n\n",
                "GET /" + host + "Content-Length: 1\nContent-Length: 2\n\n",
                "GET /" + host + "Content-Length: 99999999999999999999\n\n",
                "FETCH /api/v1/about" + host + "\n",
                "GET /api/v1/about" + host + "Accept: \u00ff\u00fe\n\n",
                "GET /api/v1/about" + host + "Accept: ;q=x, //\n\n",
                "GET /api/v1/about" + host + "Cookie: =;==;rationale-session\n\n",
                "GET /api/v1/about" + host + "Authorization: \u00ff\n\n",
                "TRACE /api/v1/about" + host + "\n",
                POST.formatted("/api/v1/notes", "text/plain") + "Content-Length: 99999999999\n\n",
                POST.formatted("/api/v1/notes", "text/plain") + "Transfer-Encoding: chunked\n\nzz\n",
                POST.formatted("/api/v1/notes", "text/plain") + "Transfer-Encoding: chunked\n\n-1\n",
                POST.formatted("/api/v1/notes", "text/plain") + "Transfer-Encoding: chunked\n\nffffffffffff\n",
                POST.formatted("/api/v1/notes", "text/plain") + "Transfer-Encoding: gzip\n\n",
                POST.formatted("/api/v1/notes", "text/plain; charset=nonsense") + "Content-Length: 1\n\n1",
                POST.formatted("/api/v1/notes", "\u00ff\u00fe") + "Content-Length: 1\n\n1",
                POST.formatted("/api/v1/notes", "multipart/form-data") + "Content-Length: 1\n\n1",
                POST.formatted("/api/v1/notes", "multipart/form-data; boundary=b") + "Content-Length: 7\n\n--b--\n",
                POST.formatted("/api/v1/notes", "application/json") + "Content-Length: 1\n\n{",
                POST.formatted("/api/v1/notes", "application/json") + "Content-Length: 20000\n\n" + "[".repeat(20_000),
                POST.formatted("/api/v1/remedies", "application/json") + "Content-Length: 20000\n\n"
                        + "[".repeat(20_000),
                POST.formatted("/api/v1/remedies", "application/json")
                        + "Content-Length: 4\n\n\u00ff\u00fe\u0000\u0000",
                POST.formatted("/api/v1/session", "application/json") + "Content-Length: 2\n\n[]");

        Map<String, String> wrong = new ConcurrentSkipListMap<>();
        try (ExecutorService many = Executors.newFixedThreadPool(40)) {
            for (int i = 0; i < 2_000; i++) {
                String request = malformed.get(i % malformed.size());

                // when
                many.execute(() -> {
                    String answer = answer(request);
                    if (!ANSWER.matcher(answer).find() || answer.contains("Exception") || answer.contains("\tat ")) {
                        wrong.put(request.substring(0, Math.min(100, request.length())), answer);
                    }
                });
                if (i % 20 == 0) {
                    assertThat(get("api/v1/about").statusCode()).isEqualTo(200);
                    assertThat(post("api/v1/notes", "text/plain", "one note").statusCode())
                            .isEqualTo(202);
                }
            }
        }

        // then
        assertThat(wrong).isEmpty();
        assertThat(errors).extracting(LogRecord::getMessage).isEmpty();
    }
}
