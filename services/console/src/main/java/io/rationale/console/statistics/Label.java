package io.rationale.console.statistics;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.Evidence;
import io.rationale.core.verdict.Verdict;
import java.util.Objects;

/**
 * What is decided about one note under one taxonomy version.
 *
 * @param taxonomy   the version
 * @param verdict    R1's category, or null while R1 could not decide or was not asked
 * @param review     a person's category, which stands above any verdict; null without one
 * @param secondary  R1's second category, or null
 * @param quote      first quote of the evidence, or null
 * @param confidence as R1 stated it
 * @param agreement  of the votes, 0 to 1
 * @param model      that gave the verdict, or null
 * @param usage      tokens of every attempt under this version
 * @param offset     of the audit record that decided: the latest verdict, else the latest failure; -1 when only a
 *                   person said something
 */
public record Label(
        TaxonomyRef taxonomy,
        String verdict,
        String review,
        String secondary,
        String quote,
        Verdict.Confidence confidence,
        double agreement,
        String model,
        Usage usage,
        long offset) {
    /** The offset of a label that only a review gave. */
    public static final long NO_OFFSET = -1;

    public Label {
        Objects.requireNonNull(taxonomy, "taxonomy");
        confidence = confidence == null ? Verdict.Confidence.UNSTATED : confidence;
        Objects.requireNonNull(usage, "usage");
    }

    static Label none(TaxonomyRef taxonomy) {
        return new Label(taxonomy, null, null, null, null, null, 0, null, Usage.NONE, NO_OFFSET);
    }

    Label with(AuditEvent event, long at) {
        return switch (event) {
            case AuditEvent.Classified classified -> judged(classified.verdict(), at);
            case AuditEvent.Unclassifiable failure -> failed(failure.usage(), at);
            case AuditEvent.Reviewed reviewed -> reviewed(reviewed.newCategory());
        };
    }

    private Label judged(Verdict v, long at) {
        String firstQuote =
                v.evidence().stream().map(Evidence::quote).findFirst().orElse(null);
        return new Label(
                taxonomy,
                v.category(),
                review,
                v.secondary(),
                firstQuote,
                v.confidence(),
                v.agreement(),
                v.provenance().model(),
                usage.plus(v.usage()),
                at);
    }

    private Label failed(Usage spent, long at) {
        long decidedAt = verdict == null ? at : offset;
        return new Label(
                taxonomy,
                verdict,
                review,
                secondary,
                quote,
                confidence,
                agreement,
                model,
                usage.plus(spent),
                decidedAt);
    }

    private Label reviewed(String newCategory) {
        return new Label(taxonomy, verdict, newCategory, secondary, quote, confidence, agreement, model, usage, offset);
    }

    /** The label that counts: the review, else the verdict, else null for undecided. */
    public String category() {
        return review != null ? review : verdict;
    }

    /** The verdict's agreement; a person who labelled what R1 could not is of one mind. */
    public double standing() {
        return verdict == null && review != null ? 1 : agreement;
    }
}
