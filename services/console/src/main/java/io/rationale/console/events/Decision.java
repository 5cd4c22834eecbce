package io.rationale.console.events;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A decision in short, as it is told to listeners, without the note's text.
 *
 * @param type      {@code classified}, {@code unclassifiable} or {@code reviewed}
 * @param noteId    the note
 * @param source    where the note comes from; null for reviews, which do not say
 * @param taxonomy  the version it was decided under
 * @param category  the label, or null when R1 found none
 * @param agreement of the votes, or null
 * @param at        when it was decided
 * @param partition of the audit topic
 * @param offset    there
 */
public record Decision(
        String type,
        String noteId,
        String source,
        TaxonomyRef taxonomy,
        String category,
        Double agreement,
        Instant at,
        int partition,
        long offset) {
    /** What is read of an audit event: chains of thought are passed over, and not kept for whoever might ask. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Event(
            String type,
            String noteId,
            NoteName note,
            TaxonomyRef taxonomy,
            Judgement verdict,
            String newCategory,
            Instant at) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record NoteName(String id, String source) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Judgement(TaxonomyRef taxonomy, String category, Double agreement, Instant classifiedAt) {}

    /** The decision that a record of the audit topic holds, or nothing when it holds none. */
    static Optional<Decision> of(ConsumerRecord<byte[], byte[]> read) {
        try {
            return read.value() == null
                    ? Optional.empty()
                    : of(Json.read(read.value(), Event.class), read.partition(), read.offset());
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Decision> of(Event event, int partition, long offset) {
        boolean complete = event != null
                && event.type() != null
                && switch (event.type()) {
                    case "classified" -> event.note() != null && event.verdict() != null;
                    case "unclassifiable" -> event.note() != null;
                    case "reviewed" -> event.noteId() != null;
                    default -> false;
                };
        return complete ? Optional.of(complete(event, partition, offset)) : Optional.empty();
    }

    private static Decision complete(Event event, int partition, long offset) {
        Judgement verdict = event.verdict();
        boolean isClassified = verdict != null;
        return new Decision(
                event.type(),
                event.note() == null ? event.noteId() : event.note().id(),
                event.note() == null ? null : event.note().source(),
                isClassified ? verdict.taxonomy() : event.taxonomy(),
                isClassified ? verdict.category() : event.newCategory(),
                isClassified ? verdict.agreement() : null,
                isClassified ? verdict.classifiedAt() : event.at(),
                partition,
                offset);
    }
}
