package io.rationale.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.console.Events;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the reader that makes whole events. */
class AuditFactsReaderTest {
    private static final Path EXAMPLES = Path.of("..", "..", "schemas", "examples");
    private static final Set<String> DIMENSIONS = Set.of("tenant", "klinik");

    private final AuditFactsReader reader = new AuditFactsReader(DIMENSIONS);

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.getFileName().toString().startsWith("audit-event."))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldReadExamplesAsWholeEventsAreRead(Path example) throws IOException {
        byte[] json = Files.readAllBytes(example);

        AuditFacts facts = reader.read(json);

        assertThat(facts).isEqualTo(factsOf(Json.read(json, AuditEvent.class)));
    }

    /** Fields in any order, missing, null, of another type, doubled in depth. */
    @ParameterizedTest
    @MethodSource("examples")
    void shouldAcceptWhatWholeEventsAccept(Path example) throws IOException {
        long seed = new Random().nextLong();
        System.out.println("AuditFactsReaderTest seed " + seed);
        Random random = new Random(seed);
        JsonNode valid = Json.tree(Files.readAllBytes(example));
        for (int i = 0; i < 400; i++) {
            byte[] json = Json.bytes(damaged(valid.deepCopy(), random));

            assertThat(read(json)).as(new String(json, StandardCharsets.UTF_8)).isEqualTo(expected(json));
        }
    }

    /** A change at a place that counts look at, or shuffled fields. */
    private static JsonNode damaged(JsonNode event, Random random) {
        List<ObjectNode> places = new ArrayList<>(List.of((ObjectNode) event));
        for (String at : List.of(
                "/note",
                "/position",
                "/taxonomy",
                "/usage",
                "/verdict",
                "/verdict/taxonomy",
                "/verdict/usage",
                "/verdict/provenance")) {
            if (event.at(at) instanceof ObjectNode object) {
                places.add(object);
            }
        }
        ObjectNode place = places.get(random.nextInt(places.size()));
        List<String> names = new ArrayList<>();
        place.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        boolean isCountedText = Set.of("id", "source", "category", "newCategory", "noteId", "model")
                .contains(name);
        switch (random.nextInt(isCountedText ? 5 : 4)) {
            case 0 -> place.remove(name);
            case 1 -> place.putNull(name);
            case 2 -> place.set(name, place.remove(name));
            case 3 ->
                place.put("unknown", "x")
                        .set("more", Json.mapper().createArrayNode().add(1));
            default -> place.put(name, 17);
        }
        return event;
    }

    private AuditFacts read(byte[] json) {
        try {
            return reader.read(json);
        } catch (IOException e) {
            return null;
        }
    }

    /** Null for what is no event. Lists that are null or missing in a verdict are as good as empty ones. */
    private static AuditFacts expected(byte[] json) {
        try {
            return factsOf(Json.read(json, AuditEvent.class));
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private static AuditFacts factsOf(AuditEvent event) {
        return switch (event) {
            case AuditEvent.Classified c ->
                new AuditFacts(
                        AuditFacts.Kind.CLASSIFIED,
                        c.noteId(),
                        c.note().source(),
                        minute(c.note(), c.position().timestamp()),
                        labels(c.note()),
                        c.taxonomyRef(),
                        c.verdict().category(),
                        c.verdict().agreement(),
                        c.verdict().provenance().model(),
                        c.verdict().usage());
            case AuditEvent.Unclassifiable u ->
                new AuditFacts(
                        AuditFacts.Kind.UNCLASSIFIABLE,
                        u.noteId(),
                        u.note().source(),
                        minute(u.note(), u.position().timestamp()),
                        labels(u.note()),
                        u.taxonomyRef(),
                        null,
                        0,
                        null,
                        u.usage());
            case AuditEvent.Erased e -> null;
            case AuditEvent.Reviewed r ->
                new AuditFacts(
                        AuditFacts.Kind.REVIEWED,
                        r.noteId(),
                        null,
                        0,
                        Map.of(),
                        r.taxonomyRef(),
                        r.newCategory(),
                        0,
                        null,
                        Usage.NONE);
        };
    }

    private static long minute(Note note, Instant timestamp) {
        return Bucket.minuteOf(note.observedAt() != null ? note.observedAt() : timestamp);
    }

    private static Map<String, String> labels(Note note) {
        Map<String, String> labels = new TreeMap<>(note.labels());
        labels.keySet().retainAll(DIMENSIONS);
        return labels;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "17",
                "\"classified\"",
                "{}",
                "{\"type\":\"classified\"}",
                "{\"type\":17}",
                "{\"type\"",
                "\u0000"
            })
    void shouldRefuseWhatIsNoEvent(String json) {
        assertThatThrownBy(() -> reader.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldRefuseNumbersThatAreNone() {
        String event =
                new String(Json.bytes(Events.classified(Events.note("a"), Events.V1, "other")), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> reader.read(event.replace("\"agreement\":1.0", "\"agreement\":\"NaN\"")
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> reader.read(
                        event.replace("\"prompt\":100.0", "\"prompt\":1e999").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldReadHalfCharactersAsTheStoresGiveThemBack() throws IOException {
        String event = new String(
                Json.bytes(Events.classified(Events.note("a", "HALF", Events.TEN, "x"), Events.V1, "other")),
                StandardCharsets.UTF_8);

        AuditFacts facts = reader.read(event.replace("HALF", "a\\ud83db").getBytes(StandardCharsets.UTF_8));

        assertThat(facts.source()).isEqualTo("a?b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-10-01T10:00:30Z",
                "2026-10-01T10:00:30.1Z",
                "2026-10-01T10:00:30.123456789Z",
                "0000-01-01T00:00:00Z",
                "0000-02-29T23:59:59Z",
                "1900-03-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "2000-02-29T12:00:00Z",
                "2024-12-31T23:59:59Z",
                "9999-12-31T23:59:59Z",
            })
    void shouldReadTimesAsInstantsDo(String time) {
        assertThat(UtcMinute.of(time.toCharArray(), 0, time.length())).isEqualTo(Bucket.minuteOf(Instant.parse(time)));
    }

    @Test
    void shouldReadRandomTimesAsInstantsDo() {
        Random random = new Random(1);
        long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        for (int i = 0; i < 100_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(first, last));
            char[] text = time.toString().toCharArray();
            assertThat(UtcMinute.of(text, 0, text.length)).isEqualTo(Bucket.minuteOf(time));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-10-01",
                "2026-02-29T10:00:30Z",
                "2026-13-01T10:00:30Z",
                "2026-00-01T10:00:30Z",
                "2026-10-01T24:00:00Z",
                "2026-10-01T10:60:00Z",
                "2026-10-01T10:00:60Z",
                "2026-10-01T10:00:30.Z",
                "2026-10-01T10:00:30.1x3Z",
                "2026-10-01T10:00:30+00:00",
                "2026-1x-01T10:00:30Z",
                "-026-10-01T10:00:30Z",
                "+12026-10-01T10:00:30Z",
            })
    void shouldLeaveOtherTimesToInstants(String time) {
        assertThat(UtcMinute.of(time.toCharArray(), 0, time.length())).isEqualTo(UtcMinute.NONE);
    }
}
