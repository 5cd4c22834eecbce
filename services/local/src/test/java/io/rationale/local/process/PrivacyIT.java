package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rationale.core.json.Json;
import io.rationale.kafka.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Notes with personal data from a file, over HTTP and by Kafka; then everything that the program has written, said, asked
 * and answered is searched for it. The notes topic holds what applications write into it themselves, and only that.
 */
class PrivacyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String NOTES_TOPIC = "rationale.notes";
    /** What is personal, as it is written, and what is left of it in any spelling. */
    private static final List<String> PERSONAL = List.of(
            "jane.doe@example.com",
            "+49 30 1234567",
            "0171/7654321",
            "4111 1111 1111 1111",
            "DE89 3704 0044 0532 0130 00",
            "192.0.2.77",
            "2001:db8::77",
            "PAT-123456",
            "Zephyrine Quill");

    private static final String BIRTH = "1961-07-23";
    private static final List<String> MARKS = Stream.concat(
                    PERSONAL.stream(),
                    Stream.of(
                            BIRTH,
                            "jane.doe",
                            "1234567",
                            "7654321",
                            "4111111111111111",
                            "DE89370400440532013000",
                            "jane\\u002edoe",
                            "Zephyrine",
                            "zephyrine"))
            .toList();

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;
    private String r1;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/models", exchange -> send(exchange, 200, "{\"data\":[{\"id\":\"discreet\"}]}"));
        server.createContext("/v1/chat/completions", this::complete);
        server.start();
        r1 = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        threads.close();
    }

    @Test
    void shouldKeepAndSendNoPersonalData() throws Exception {
        // given
        Path config = configuration();
        Path input = Files.writeString(folder.resolve("reports.csv"), csv());
        Map<String, String> told = new LinkedHashMap<>();

        // when: a file
        RationaleProcess.Result classified =
                RationaleProcess.run(folder, "classify", "reports.csv", "--data", "data", "--r1", r1, "--out", "out");
        assertThat(classified.err())
                .contains("Taken out before anything was kept: ")
                .contains("e-mail addresses")
                .contains("date of birth");
        told.put("classify", classified.out() + classified.err());

        // and: HTTP and Kafka
        int port = Ports.free();
        int kafka = Ports.free();
        try (RationaleProcess process = RationaleProcess.start(
                folder,
                "serve",
                "--port",
                String.valueOf(port),
                "--kafka-port",
                String.valueOf(kafka),
                "--data",
                "data",
                "--r1",
                r1)) {
            String origin = "http://127.0.0.1:" + port + "/";
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> get(origin + "api/v1/notes?limit=1").statusCode() == 200);
            told.put("taken", post(origin + "api/v1/notes", "application/x-ndjson", overHttp(), null));
            told.put("taken once", post(origin + "api/v1/notes", "text/csv", csv(), "jane.doe@example.com"));
            told.put(
                    "refused",
                    post(
                            origin + "api/v1/notes",
                            "application/json",
                            "{\"id\":\"x@example.com\",\"text\":\"cut\"}",
                            null));
            write("127.0.0.1:" + kafka);
            // Three of the file, which come over HTTP once more, one for each kind, and four of Kafka.
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> Json.mapper()
                                    .readTree(
                                            get(origin + "api/v1/notes?limit=1").body())
                                    .path("total")
                                    .asInt()
                            >= 3 + PERSONAL.size() + 4);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> letters(origin).size() >= 7);
            told.put("review", post(origin + "api/v1/notes/h-0/reviews", "application/json", review(), null));
            told.put("remedy", post(origin + "api/v1/remedies", "application/json", remedy(), null));
            for (JsonNode letter : letters(origin)) {
                post(origin + letterPath(letter) + "/resend", "application/json", "", null);
            }

            // then
            for (String path : paths(origin)) {
                HttpResponse<String> answer = get(origin + path);
                told.put("GET " + path, answer.headers().map() + answer.body());
            }
            assertThat(told.get("GET api/v1/export/verdicts?format=csv")).contains("h-0");
            assertThat(told.get("GET api/v1/export/verdicts?format=ndjson")).contains("h-0");
            assertThat(get(origin + "q/metrics").body()).contains("rationale_redactions_total{kind=\"email\"}");
            Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = topics("127.0.0.1:" + kafka);
            assertThat(topics).containsKeys("rationale.audit", "rationale.exchanges", "rationale.dead-letters");
            assertThat(topics.get("rationale.audit")).hasSizeGreaterThanOrEqualTo(20);
            topics.forEach((topic, records) -> records.stream()
                    .filter(each -> !topic.equals(NOTES_TOPIC) || each.headers().lastHeader("ours") == null)
                    .forEach(each -> told.merge(topic, text(each), String::concat)));
            topics.get("rationale.audit").forEach(PrivacyIT::assertQuotesResolve);
            // What applications wrote themselves is there, and found where it is.
            assertThat(topics.get(NOTES_TOPIC).stream().map(PrivacyIT::text))
                    .anyMatch(text -> text.contains("jane.doe"));
            process.terminate();
            RationaleProcess.Result ended = process.await();
            told.put("standard output", ended.out());
            told.put("standard error", ended.err());
        }
        told.putAll(files(input, config));
        asked.forEach(each -> told.merge("asked of R1", each, String::concat));
        assertThat(told.get("asked of R1")).contains("[EMAIL-1]", "[BIRTH-DATE-1]", "[STAFF-1]");
        assertThat(told).hasSizeGreaterThan(60);
        told.forEach((where, text) -> MARKS.forEach(mark ->
                assertThat(text.contains(mark)).as("%s in %s", mark, where).isFalse()));

        // and: the chain, and each judged note against what was sent
        RationaleProcess.Result verified = RationaleProcess.run(folder, "verify", "--data", "data");
        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
    }

    private Path configuration() throws IOException {
        Path staff = Files.writeString(folder.resolve("staff.txt"), "Zephyrine Quill\n");
        Path config = Files.createDirectory(folder.resolve("config")).resolve("application.properties");
        Files.writeString(config, """
                rationale.redaction.expressions.patient=\\\\bPAT-\\\\d{6}\\\\b
                rationale.redaction.words.staff=%s
                quarkus.log.category."org.apache.kafka".level=INFO
                quarkus.log.category."io.rationale".level=DEBUG
                """.formatted(staff));
        return config;
    }

    /** The first two are alike but for what is taken out. */
    private static String csv() {
        return """
                id,text,dob,contact
                f-0,"Wrote to jane.doe@example.com, no answer",%s,"+49 30 1234567"
                f-1,"Wrote to jane [dot] doe [at] example [dot] com, no answer",,
                jane.doe@example.com,"The id is an address",,
                f-2,"Zephyrine Quill was named, and PAT-123456",,
                f-3,"broken, jane.doe@example.com
                """.formatted(BIRTH);
    }

    private static String overHttp() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < PERSONAL.size(); i++) {
            ObjectNode note = Json.mapper().createObjectNode();
            note.put("id", "h-" + i).put("text", "The answer names " + PERSONAL.get(i) + " in full.");
            note.put("question", "Who is born on " + BIRTH + " and has " + PERSONAL.get(i) + "?");
            note.put("source", "mail of jane.doe@example.com");
            note.putArray("contexts").addObject().put("id", "c").put("text", PERSONAL.get(i) + ", again");
            note.putObject("labels").put("phone", "1234567").put("dob", BIRTH);
            lines.append(Json.line(note)).append('\n');
        }
        return lines + "{\"text\":\"broken, jane.doe@example.com\n";
    }

    private static void write(String brokers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<String> values = List.of(
                    "{\"id\":\"k-0\",\"text\":\"jane.doe\\u0040example.com or +49 30 1234567\"}",
                    "{\"id\":\"k-1\",\"text\":\"refuse: 4111 1111 1111 1111\",\"mine\":{\"card\":4111111111111111}}",
                    "{\"id\":\"k-2\",\"text\":\"born " + BIRTH + "\",\"answer\":\"" + BIRTH + "\"}",
                    "\"only a text of jane.doe@example.com\"",
                    "{\"text\": broken, jane\\u002edoe@example.com",
                    "no JSON of Zephyrine Quill, PAT-123456",
                    "{\"id\":\"jane.doe@example.com\",\"text\":\"The id is an address\"}",
                    "{\"id\":\"k-3\",\"text\":\"cut\",\"labels\":{\"jane.doe@example.com\":\"x\"}}");
            for (String value : values) {
                ProducerRecord<String, String> record =
                        new ProducerRecord<>(NOTES_TOPIC, "key of jane.doe@example.com", value);
                record.headers().add("ours", "jane.doe@example.com".getBytes(StandardCharsets.UTF_8));
                record.headers().add("tracestate", "who=jane.doe@example.com".getBytes(StandardCharsets.UTF_8));
                producer.send(record);
            }
        }
    }

    private static String review() {
        return "{\"category\":\"other\",\"reviewer\":\"r\",\"reason\":\"ask jane.doe@example.com, +49 30 1234567\"}";
    }

    private static String remedy() {
        return "{\"by\":\"r\",\"category\":\"wrong-format\",\"what\":\"told jane.doe@example.com and Zephyrine Quill\"}";
    }

    private List<JsonNode> letters(String origin) throws IOException {
        List<JsonNode> letters = new ArrayList<>();
        Json.mapper()
                .readTree(get(origin + "api/v1/dead-letters?limit=50").body())
                .path("letters")
                .forEach(letters::add);
        return letters;
    }

    private static String letterPath(JsonNode letter) {
        return "api/v1/dead-letters/" + letter.path("partition").asInt() + "/"
                + letter.path("offset").asLong();
    }

    private List<String> paths(String origin) throws IOException {
        List<String> paths = new ArrayList<>(List.of(
                "",
                "api/v1/notes?limit=100",
                "api/v1/notes?q=" + URLEncoder.encode("\"jane.doe\"", StandardCharsets.UTF_8),
                "api/v1/statistics",
                "api/v1/statistics/by/source",
                "api/v1/status",
                "api/v1/dead-letters?limit=50",
                "api/v1/reviews",
                "api/v1/remedies",
                "api/v1/export/verdicts?format=csv",
                "api/v1/export/verdicts?format=ndjson",
                "q/health",
                "q/metrics"));
        for (String prefix : List.of("h-", "k-", "f-")) {
            for (int i = 0; i < PERSONAL.size(); i++) {
                paths.add("api/v1/notes/" + prefix + i);
            }
        }
        letters(origin).forEach(letter -> paths.add(letterPath(letter)));
        return paths;
    }

    private static void assertQuotesResolve(ConsumerRecord<byte[], byte[]> record) {
        JsonNode event = Json.tree(record.value());
        for (JsonNode each : event.at("/verdict/evidence")) {
            String text = event.path("note").path(each.path("field").asText()).asText();
            int start = text.offsetByCodePoints(0, each.path("start").asInt());
            int end = text.offsetByCodePoints(0, each.path("end").asInt());
            assertThat(text.substring(start, end)).isEqualTo(each.path("quote").asText());
        }
    }

    private void complete(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(body);
        String prompt = Json.tree(body.getBytes(StandardCharsets.UTF_8))
                .path("messages")
                .path(0)
                .path("content")
                .asText();
        if (prompt.contains("refuse:")) {
            send(exchange, 400, "{\"error\":{\"message\":\"no\"}}");
        } else {
            send(exchange, 200, Json.line(completion(prompt)));
        }
    }

    private static ObjectNode completion(String prompt) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("id", "c-1").put("model", "discreet");
        ObjectNode choice = root.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", "stop");
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.put("reasoning_content", "It is about the format.");
        if (prompt.contains("<notes>\n")) {
            String lines = prompt.substring(prompt.lastIndexOf("<notes>\n") + 8, prompt.lastIndexOf("</notes>"));
            List<JsonNode> notes = lines.lines()
                    .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                    .toList();
            message.put("content", ScriptedR1.verdicts(notes, "wrong-format", "Because."));
        } else {
            message.put("content", "{\"ok\":true}");
        }
        root.putObject("usage").put("prompt_tokens", 100).put("completion_tokens", 50);
        return root;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, List<ConsumerRecord<byte[], byte[]>>> topics(String brokers) {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> read = new LinkedHashMap<>();
        Map<String, Object> properties = Map.of("bootstrap.servers", brokers, "enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (all.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(each -> read.computeIfAbsent(each.topic(), any -> new ArrayList<>())
                                .add(each));
            }
        }
        return read;
    }

    private static String text(ConsumerRecord<byte[], byte[]> each) {
        StringBuilder text = new StringBuilder();
        for (byte[] part : Stream.concat(
                        Stream.of(each.key(), each.value()),
                        Stream.of(each.headers().toArray()).map(header -> header.value()))
                .toList()) {
            text.append(part == null ? "" : new String(part, StandardCharsets.UTF_8))
                    .append('\n');
        }
        return text.toString();
    }

    /** Everything in the folder but what the test wrote itself and the notes topic, byte by byte. */
    private Map<String, String> files(Path input, Path config) throws IOException {
        Path staff = folder.resolve("staff.txt");
        Map<String, String> told = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(each -> Files.isRegularFile(each)
                            && !List.of(input, config, staff).contains(each))
                    .filter(each -> !each.getParent().getFileName().toString().matches("rationale\\.notes-\\d+"))
                    .forEach(each -> told.put(each.toString(), read(each)));
        }
        return told;
    }

    private static String read(Path file) {
        try {
            return Files.size(file) > 64 << 20 ? "" : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String url) {
        return exchange(HttpRequest.newBuilder(URI.create(url)).build());
    }

    /** @param idempotencyKey or null */
    private String post(String url, String type, String body, String idempotencyKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        HttpResponse<String> answer = exchange(request.build());
        return answer.statusCode() + " " + answer.body();
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
