package io.rationale.core.note;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What somebody or some application says went wrong, optionally with the whole RAG report. Only {@code text} must be
 * given by the sender; id and source are derived where they are missing.
 *
 * @param id         the note's identity: decisions, reviews and statistics hang on it
 * @param text       the note itself, never blank
 * @param source     where it comes from: file, application, team
 * @param observedAt when the failure was seen, or null (then Kafka's timestamp counts)
 * @param question   what the RAG system was asked, or null
 * @param answer     what it answered, or null
 * @param expected   what it should have answered, or null
 * @param contexts   the passages it answered from, by rank
 * @param labels     the sender's own dimensions, sorted by name; without those whose value is null
 * @param traceId    the trace of the failing request, or null
 * @param redacted   how often personal data was taken out of it before anything was stored, by kind
 */
public record Note(
        String id,
        String text,
        String source,
        Instant observedAt,
        String question,
        String answer,
        String expected,
        List<Context> contexts,
        Map<String, String> labels,
        String traceId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> redacted) {
    /** A note of which nothing was taken out. */
    public Note(
            String id,
            String text,
            String source,
            Instant observedAt,
            String question,
            String answer,
            String expected,
            List<Context> contexts,
            Map<String, String> labels,
            String traceId) {
        this(id, text, source, observedAt, question, answer, expected, contexts, labels, traceId, Map.of());
    }

    public Note {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        if (id.isBlank()) {
            throw new IllegalArgumentException("a note's id is never blank");
        }
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("a note's text is never blank");
        }
        contexts = contexts == null ? List.of() : List.copyOf(contexts);
        labels = labels == null ? Map.of() : sortedWithoutNulls(labels);
        redacted = redacted == null ? Map.of() : sortedWithoutNulls(redacted);
    }

    /** A note that is only text. */
    public static Note of(String id, String source, String text) {
        return new Note(id, text, source, null, null, null, null, List.of(), Map.of(), null);
    }

    /** The same note under another id. */
    public Note withId(String newId) {
        return new Note(
                newId, text, source, observedAt, question, answer, expected, contexts, labels, traceId, redacted);
    }

    /** The same note of another source. */
    public Note withSource(String newSource) {
        return new Note(
                id, text, newSource, observedAt, question, answer, expected, contexts, labels, traceId, redacted);
    }

    private static <T> Map<String, T> sortedWithoutNulls(Map<String, T> values) {
        var sorted = new TreeMap<>(values);
        sorted.values().removeIf(Objects::isNull);
        return Collections.unmodifiableSortedMap(sorted);
    }
}
