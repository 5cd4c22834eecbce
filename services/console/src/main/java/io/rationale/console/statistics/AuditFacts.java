package io.rationale.console.statistics;

import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.Map;

/**
 * What counts need of an audit event.
 *
 * @param kind      of event
 * @param noteId    the note
 * @param source    of the note; null in a review
 * @param minute    in which the failure was seen, else Kafka's timestamp, in minutes since 1970; 0 in a review
 * @param labels    of the note, those that are dimensions, sorted by name; empty in a review
 * @param taxonomy  the version decided under
 * @param category  the verdict's or the review's; null when nothing was decided
 * @param agreement of a verdict's votes, 0 to 1
 * @param model     that gave the verdict, else null
 * @param usage     tokens spent
 */
record AuditFacts(
        Kind kind,
        String noteId,
        String source,
        long minute,
        Map<String, String> labels,
        TaxonomyRef taxonomy,
        String category,
        double agreement,
        String model,
        Usage usage) {
    /** Kinds of events. Erasures are none: counts stay what they are. */
    enum Kind {
        CLASSIFIED,
        UNCLASSIFIABLE,
        REVIEWED
    }
}
