package io.rationale.console.statistics;

import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;

/**
 * What is decided about a note under one taxonomy version, as far as counts need it.
 *
 * @param taxonomy  the version
 * @param verdict   R1's category, or null while R1 could not decide or was not asked
 * @param review    a person's category, which stands above any verdict; null without one
 * @param agreement of the latest verdict's votes, 0 to 1
 * @param model     that gave the latest verdict, or null
 * @param usage     tokens of every attempt under this version
 */
record VersionState(TaxonomyRef taxonomy, String verdict, String review, double agreement, String model, Usage usage) {
    /** Nothing is decided. */
    static VersionState none(TaxonomyRef taxonomy) {
        return new VersionState(taxonomy, null, null, 0, null, Usage.NONE);
    }

    /** After that event. */
    VersionState with(AuditFacts event) {
        return switch (event.kind()) {
            case CLASSIFIED ->
                new VersionState(
                        taxonomy,
                        event.category(),
                        review,
                        event.agreement(),
                        event.model(),
                        usage.plus(event.usage()));
            case UNCLASSIFIABLE ->
                new VersionState(taxonomy, verdict, review, agreement, model, usage.plus(event.usage()));
            case REVIEWED -> new VersionState(taxonomy, verdict, event.category(), agreement, model, usage);
        };
    }

    /** The label that counts: the review, else the verdict, else null for undecided. */
    String category() {
        return review != null ? review : verdict;
    }

    /** The model that the note counts for; none when only a person labelled it. */
    String judgedBy() {
        return verdict == null ? null : model;
    }

    /** The verdict's agreement; a person who labelled what R1 could not is of one mind. */
    double standing() {
        return verdict == null && review != null ? 1 : agreement;
    }

    void write(BinaryWriter out) {
        out.text(taxonomy.id())
                .size(taxonomy.version())
                .text(verdict)
                .text(review)
                .number(agreement)
                .text(model)
                .number(usage.prompt())
                .number(usage.reasoning())
                .number(usage.answer())
                .number(usage.cached());
    }

    static VersionState read(BinaryReader in) {
        return new VersionState(
                new TaxonomyRef(in.text(), in.size()),
                in.text(),
                in.text(),
                in.number(),
                in.text(),
                new Usage(in.number(), in.number(), in.number(), in.number()));
    }
}
