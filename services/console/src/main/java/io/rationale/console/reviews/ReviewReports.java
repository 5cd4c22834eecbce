package io.rationale.console.reviews;

import io.rationale.console.search.LabelPairs;
import io.rationale.console.search.NoteQuery;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.statistics.CategoryTree;
import io.rationale.console.statistics.TableQuery;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.review.Confusion;
import io.rationale.core.review.CorrectedShares;
import io.rationale.core.review.Kappa;
import io.rationale.core.review.MeasuredShare;
import io.rationale.core.review.ReviewReport;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes the report of agreement between people and R1 from the index. Thread safe. */
public final class ReviewReports {
    private static final int LEAST_REVIEWED = 5;
    private static final String METHOD = "stratified";

    private final NoteSearch notes;
    private final KnownTaxonomies taxonomies;

    public ReviewReports(NoteSearch notes, KnownTaxonomies taxonomies) {
        this.notes = notes;
        this.taxonomies = taxonomies;
    }

    /** Whose reviews count. */
    enum Reviews {
        /** Every note's latest. */
        ALL("all"),
        /** Those of notes that were drawn at random. */
        RANDOM("random");

        private final String code;

        Reviews(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** The report of those notes. */
    ReviewReport report(TableQuery query, Reviews reviews) {
        TaxonomyRef taxonomy = query.taxonomy() == null ? taxonomies.active().ref() : query.taxonomy();
        NoteQuery.Period period =
                new NoteQuery.Period(null, query.from().orElse(null), query.to().orElse(null));
        NoteQuery asked = NoteQuery.all(taxonomy).of(query.sources(), period);
        LabelPairs pairs = notes.read(snapshot -> snapshot.labelPairs(asked, reviews == Reviews.RANDOM));
        return report(query, taxonomy, reviews, pairs);
    }

    private ReviewReport report(TableQuery query, TaxonomyRef taxonomy, Reviews reviews, LabelPairs pairs) {
        Confusion confusion = pairs.confusion();
        CorrectedShares corrected = CorrectedShares.of(pairs.verdicts(), confusion, LEAST_REVIEWED);
        return new ReviewReport(
                taxonomy,
                query.from().orElse(null),
                query.to().orElse(null),
                reviews.code(),
                notesOf(pairs),
                confusion.pairs(),
                pairs.undecidedReviewed(),
                confusion.agreed(),
                Kappa.of(confusion).orElse(null),
                MeasuredShare.of(confusion.agreed(), confusion.pairs()),
                confusion.cells(),
                categories(taxonomy, pairs, confusion, corrected),
                new ReviewReport.Correction(corrected.measuredShare(), LEAST_REVIEWED, METHOD));
    }

    private static long notesOf(LabelPairs pairs) {
        return pairs.verdicts().values().stream().mapToLong(Long::longValue).sum();
    }

    private List<ReviewReport.CategoryAgreement> categories(
            TaxonomyRef taxonomy, LabelPairs pairs, Confusion confusion, CorrectedShares corrected) {
        CategoryTree tree = new CategoryTree(taxonomy, taxonomies.find(taxonomy));
        Set<String> categories = new TreeSet<>(pairs.verdicts().keySet());
        categories.addAll(confusion.categories());
        long all = notesOf(pairs);
        return tree.sorted(categories).stream()
                .map(category -> new ReviewReport.CategoryAgreement(
                        category,
                        tree.name(category),
                        tree.parent(category),
                        tree.colour(category),
                        pairs.verdicts().getOrDefault(category, 0L),
                        confusion.said(category),
                        confusion.is(category),
                        confusion.count(category, category),
                        share(confusion.count(category, category), confusion.said(category)),
                        share(confusion.count(category, category), confusion.is(category)),
                        MeasuredShare.of(pairs.verdicts().getOrDefault(category, 0L), all),
                        corrected.shares().get(category)))
                .toList();
    }

    private static MeasuredShare share(long count, long total) {
        return total == 0 ? null : MeasuredShare.of(count, total);
    }
}
