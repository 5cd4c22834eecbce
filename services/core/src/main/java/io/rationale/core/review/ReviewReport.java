package io.rationale.core.review;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How far people and R1 agree, and what that says about the shares of categories.
 *
 * @param taxonomy          the version that the labels belong to
 * @param from              start of event time, inclusive; null for no start
 * @param to                end, exclusive; null for no end
 * @param selection         {@code all} reviews, or those of notes that were drawn at {@code random} only
 * @param notes             notes with a verdict
 * @param reviewed          of these, those with a review: the pairs that everything below is made from
 * @param undecidedReviewed notes that R1 could not decide and a person labelled
 * @param agreed            pairs of the same category
 * @param kappa             agreement beyond chance; null where it is not defined
 * @param accuracy          share of the pairs that agree
 * @param confusion         the pairs, agreeing ones too, by R1's and then by the person's category
 * @param categories        those that occur, in reading order
 * @param correction        how the corrected shares were made
 */
public record ReviewReport(
        TaxonomyRef taxonomy,
        Instant from,
        Instant to,
        String selection,
        long notes,
        long reviewed,
        long undecidedReviewed,
        long agreed,
        Kappa kappa,
        MeasuredShare accuracy,
        List<Confusion.Cell> confusion,
        List<CategoryAgreement> categories,
        Correction correction) {
    public ReviewReport {
        Objects.requireNonNull(taxonomy, "taxonomy");
        confusion = List.copyOf(confusion);
        categories = List.copyOf(categories);
    }

    /**
     * One category.
     *
     * @param category  its id
     * @param name      for people
     * @param parent    the category above, or null
     * @param colour    {@code #rrggbb}, or null
     * @param notes     notes that R1 gave it, reviewed or not
     * @param said      reviewed notes that R1 gave it
     * @param is        reviewed notes that people gave it
     * @param both      reviewed notes that both gave it
     * @param precision share of {@code said} that people gave it, too; null without any
     * @param recall    share of {@code is} that R1 gave it, too; null without any
     * @param raw       share of R1's verdicts
     * @param corrected the share that people would find; null when nothing was measured
     */
    public record CategoryAgreement(
            String category,
            String name,
            String parent,
            String colour,
            long notes,
            long said,
            long is,
            long both,
            MeasuredShare precision,
            MeasuredShare recall,
            MeasuredShare raw,
            CorrectedShares.Corrected corrected) {}

    /**
     * How shares were corrected.
     *
     * @param measuredShare share of the notes whose label was reviewed often enough; the rest is taken as R1 said
     * @param leastReviewed reviews of a label that are enough
     * @param method        {@code stratified}
     */
    public record Correction(double measuredShare, int leastReviewed, String method) {}
}
