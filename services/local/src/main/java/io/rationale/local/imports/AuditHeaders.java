package io.rationale.local.imports;

import io.rationale.core.audit.CloudEvents;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What the headers of an audit event tell: enough to know what became of a note without reading chains of thought.
 *
 * @param noteId   the note
 * @param position the record that was decided
 * @param state    what became of it
 */
record AuditHeaders(String noteId, String position, KnownNotes.State state) {
    /** @return nothing for a review, which decides no record; a decision counts under whichever version it was made */
    static Optional<AuditHeaders> of(ConsumerRecord<byte[], byte[]> event) {
        return of(event, version -> true);
    }

    /** @return nothing for a review, which decides no record */
    static Optional<AuditHeaders> of(ConsumerRecord<byte[], byte[]> event, TaxonomyRef current) {
        return of(event, current.toString()::equals);
    }

    private static Optional<AuditHeaders> of(ConsumerRecord<byte[], byte[]> event, Predicate<String> isCurrent) {
        String type = header(event, "ce_type");
        boolean classified = type.startsWith("io.rationale.note.classified.");
        if (!classified && !type.startsWith("io.rationale.note.unclassifiable.")) {
            return Optional.empty();
        }
        KnownNotes.State decided = classified ? KnownNotes.State.CLASSIFIED : KnownNotes.State.UNCLASSIFIABLE;
        String id = header(event, "ce_id");
        return Optional.of(new AuditHeaders(
                new String(event.key(), StandardCharsets.UTF_8),
                id.substring(0, Math.max(0, id.lastIndexOf('/'))),
                isCurrent.test(header(event, CloudEvents.TAXONOMY)) ? decided : KnownNotes.State.DECIDED_BEFORE));
    }

    private static String header(ConsumerRecord<byte[], byte[]> event, String name) {
        Header header = event.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
