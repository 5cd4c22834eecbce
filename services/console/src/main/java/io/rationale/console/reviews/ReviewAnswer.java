package io.rationale.console.reviews;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.review.Selection;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;

/**
 * A review as it stands in the audit.
 *
 * @param eventId     of the audit event
 * @param noteId      the note
 * @param taxonomy    the version
 * @param oldCategory the label before, or null for an undecided note
 * @param category    the label now
 * @param reviewer    who
 * @param reason      why, or null
 * @param selection   how the note came before the person
 * @param at          when
 * @param partition   of the audit
 * @param offset      there
 */
public record ReviewAnswer(
        String eventId,
        String noteId,
        TaxonomyRef taxonomy,
        String oldCategory,
        String category,
        String reviewer,
        String reason,
        Selection selection,
        Instant at,
        int partition,
        long offset) {
    static ReviewAnswer of(AuditEvent.Reviewed event, int partition, long offset) {
        return new ReviewAnswer(
                event.eventId(),
                event.noteId(),
                event.taxonomy(),
                event.oldCategory(),
                event.newCategory(),
                event.reviewer(),
                event.reason(),
                event.selection(),
                event.at(),
                partition,
                offset);
    }
}
