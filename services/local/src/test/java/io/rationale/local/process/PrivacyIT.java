package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
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

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private ScriptedR1 r1;

    @BeforeEach
    void start() {
        r1 = ScriptedR1.start(
                "discreet",
                notes -> new ScriptedR1.Said(
                        "It is about the format.", ScriptedR1.verdicts(notes, "wrong-format", "Because.")),
                this::refuses);
    }

    @AfterEach
    void stop() {
        r1.close();
    }

    @Test
    void shouldKeepAndSendNoPersonalData() throws Exception {
        // given
        Path config = configuration();
        Path input = Files.writeString(folder.resolve("reports.csv"), csv());
        Traces traces = new Traces();

        // when: a file
        RationaleProcess.Result classified = RationaleProcess.run(
                folder, "classify", "reports.csv", "--data", "data", "--r1", r1.baseUrl(), "--out", "out");
        assertThat(classified.err())
                .contains("Taken out before anything was kept: ")
                .contains("e-mail addresses")
                .contains("date of birth");
        traces.add("classify", classified.out() + classified.err());

        // and: HTTP and Kafka
        try (Served served = Served.start(folder, r1.baseUrl())) {
            traces.add("taken", told(served.post("api/v1/notes", "application/x-ndjson", overHttp())));
            traces.add(
                    "taken once",
                    told(served.exchange(served.posting("api/v1/notes", "text/csv", csv())
                            .header("Idempotency-Key", "jane.doe@example.com"))));
            traces.add(
                    "refused",
                    told(served.post(
                            "api/v1/notes", "application/json", "{\"id\":\"x@example.com\",\"text\":\"cut\"}")));
            write(served.brokers());
            // Three of the file, which come over HTTP once more, one for each kind, and four of Kafka.
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() ->
                            served.json("api/v1/notes?limit=1").path("total").asInt() >= 3 + PERSONAL.size() + 4);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> letters(served).size() >= 7);
            traces.add("review", told(served.post("api/v1/notes/h-0/reviews", "application/json", review())));
            traces.add("remedy", told(served.post("api/v1/remedies", "application/json", remedy())));
            for (JsonNode letter : letters(served)) {
                served.post(letterPath(letter) + "/resend", "application/json", "");
            }

            // then
            for (String path : paths(served)) {
                HttpResponse<String> answer = served.get(path);
                traces.add("GET " + path, answer.headers().map() + answer.body());
            }
            assertThat(traces.at("GET api/v1/export/verdicts?format=csv")).contains("h-0");
            assertThat(traces.at("GET api/v1/export/verdicts?format=ndjson")).contains("h-0");
            assertThat(served.get("q/metrics").body()).contains("rationale_redactions_total{kind=\"email\"}");
            Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = Traces.topics(served.brokers());
            assertThat(topics.get("rationale.audit")).hasSizeGreaterThanOrEqualTo(20);
            topics.values().stream()
                    .flatMap(List::stream)
                    .filter(each ->
                            !each.topic().equals(NOTES_TOPIC) || each.headers().lastHeader("ours") == null)
                    .forEach(traces::add);
            topics.get("rationale.audit").forEach(PrivacyIT::assertQuotesResolve);
            // What applications wrote themselves is there, and found where it is.
            assertThat(topics.get(NOTES_TOPIC).stream().map(Traces::text)).anyMatch(text -> text.contains("jane.doe"));
            RationaleProcess.Result ended = served.terminate();
            traces.add("standard output", ended.out());
            traces.add("standard error", ended.err());
        }
        traces.addFiles(folder, file -> isWrittenByTheProgram(file, List.of(input, config)));
        asked.forEach(each -> traces.add("asked of R1", each));
        assertThat(traces.at("asked of R1")).contains("[EMAIL-1]", "[BIRTH-DATE-1]", "[STAFF-1]");
        traces.haveNoneOf(MARKS, 60);

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

    private static List<JsonNode> letters(Served served) {
        List<JsonNode> letters = new ArrayList<>();
        served.json("api/v1/dead-letters?limit=50").path("letters").forEach(letters::add);
        return letters;
    }

    private static String letterPath(JsonNode letter) {
        return "api/v1/dead-letters/" + letter.path("partition").asInt() + "/"
                + letter.path("offset").asLong();
    }

    private static List<String> paths(Served served) {
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
        letters(served).forEach(letter -> paths.add(letterPath(letter)));
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

    private boolean refuses(HttpExchange exchange, String body) throws IOException {
        asked.add(body);
        boolean refuses = body.contains("refuse:");
        if (refuses) {
            ScriptedR1.send(exchange, 400, "{\"error\":{\"message\":\"no\"}}");
        }
        return refuses;
    }

    /** Everything but what the test wrote itself and the notes topic. */
    private boolean isWrittenByTheProgram(Path file, List<Path> ours) {
        return !ours.contains(file)
                && !file.equals(folder.resolve("staff.txt"))
                && !file.getParent().getFileName().toString().matches("rationale\\.notes-\\d+");
    }

    private static String told(HttpResponse<String> answer) {
        return answer.statusCode() + " " + answer.body();
    }
}
