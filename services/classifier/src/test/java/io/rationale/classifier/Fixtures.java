package io.rationale.classifier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.api.trace.Span;
import io.rationale.classifier.r1.R1Capacity;
import io.rationale.classifier.work.Envelope;
import io.rationale.classifier.work.NoteTask;
import io.rationale.classifier.work.PartitionWork;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.Sampling;
import io.rationale.core.r1.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/** Notes, prompts and answers for tests. */
public final class Fixtures {
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final String CATEGORY = "no-error";

    private Fixtures() {}

    public static PartitionWork partition() {
        return new PartitionWork(new TopicPartition("rationale.notes", 0), null, 0);
    }

    /** Tasks with these texts at the offsets from 0 on. */
    public static List<NoteTask> tasks(String... texts) {
        PartitionWork work = partition();
        List<NoteTask> tasks = new ArrayList<>();
        for (String text : texts) {
            tasks.add(task(work, tasks.size(), "key-" + tasks.size(), text));
        }
        return tasks;
    }

    public static NoteTask task(PartitionWork work, long offset, String key, String text) {
        work.accept(offset);
        Note note = Note.of("note-" + offset, "test", text);
        return new NoteTask(
                work,
                offset,
                NOW,
                new Envelope(key == null ? null : Bytes.utf8(key), List.of()),
                Bytes.utf8("{\"text\":\"" + text + "\"}"),
                note,
                Span.getInvalid());
    }

    /** The texts of the notes that a prompt asks about. */
    public static List<String> textsIn(String prompt) {
        String notes = prompt.substring(prompt.lastIndexOf("<notes>\n") + 8, prompt.lastIndexOf("</notes>"));
        return notes.lines().map(line -> read(line).path("text").asText()).toList();
    }

    /** A thought and an answer about those of the notes that match. */
    public static ModelOutcome answerAbout(List<String> texts, Predicate<String> answered) {
        StringBuilder thought = new StringBuilder();
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode verdicts = answer.putArray("verdicts");
        for (int i = 0; i < texts.size(); i++) {
            if (answered.test(texts.get(i))) {
                thought.append("Note n" + (i + 1) + ": it is no-error.\n");
                ObjectNode verdict = verdicts.addObject().put("id", "n" + (i + 1));
                verdict.put("category", CATEGORY).putArray("evidence").add(texts.get(i));
                verdict.put("rationale", "Because.").put("confidence", "high");
            }
        }
        return new ModelOutcome.Complete(thought.toString(), Json.line(answer));
    }

    /** Room for so many calls, for a model of the usual size. */
    public static R1Capacity capacity(int calls) {
        return new R1Capacity() {
            @Override
            public int calls() {
                return calls;
            }

            @Override
            public void onRoom(Runnable action) {
                // It never changes.
            }

            @Override
            public int notesPerPrompt() {
                return 8;
            }

            @Override
            public int contextTokens() {
                return 131_072;
            }
        };
    }

    public static ModelReply reply(ModelOutcome outcome) {
        return new ModelReply(
                outcome,
                "http://r1/v1",
                "fake",
                "r1",
                Bytes.utf8("{}"),
                Bytes.utf8("{}"),
                200,
                Sampling.R1,
                new Usage(80, 40, 20, 8),
                Instant.parse("2026-10-12T07:15:32Z"),
                null,
                Duration.ofMillis(5),
                1,
                List.of());
    }

    private static com.fasterxml.jackson.databind.JsonNode read(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
