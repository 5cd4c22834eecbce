package io.rationale.console.remedies;

import io.rationale.core.remedy.Remedy;
import io.rationale.core.remedy.RemedyEffect;
import io.rationale.core.statistics.ShareChange;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.List;

/**
 * A remedy and what came of it.
 *
 * @param id         of the remedy
 * @param taxonomy   the version that the category belongs to
 * @param category   the label, or the group of labels
 * @param what       was done
 * @param by         who said so
 * @param at         when that was said
 * @param deployedAt from when on notes are of systems that have it
 * @param sources    those that have it; empty for all
 * @param withdrawal its end, or null
 * @param labels     what the category is under the active version: labels that the crosswalk leads to; empty when it lives
 *                   on as nothing
 * @param before     notes of these sources until it was deployed
 * @param after      notes of these sources since, for the same time
 * @param change     of the share; null when there are no notes before or after
 * @param elsewhere  the same of all other sources; null when it was deployed everywhere
 * @param caution    a sentence when a part of the change may be relabelling, or null
 */
public record RemedyAnswer(
        String id,
        TaxonomyRef taxonomy,
        String category,
        String what,
        String by,
        Instant at,
        Instant deployedAt,
        List<String> sources,
        Remedy.Withdrawal withdrawal,
        List<String> labels,
        RemedyEffect.Period before,
        RemedyEffect.Period after,
        ShareChange change,
        Elsewhere elsewhere,
        String caution) {
    public RemedyAnswer {
        sources = List.copyOf(sources);
        labels = List.copyOf(labels);
    }

    private static final String MIXED =
            "The notes before and after count under different versions of the taxonomy, so that"
                    + " a part of the change may be relabelling: reclassify the notes before to compare.";

    /** The same windows in the other sources. */
    public record Elsewhere(RemedyEffect.Period before, RemedyEffect.Period after, ShareChange change) {
        static Elsewhere of(RemedyEffect effect) {
            return new Elsewhere(effect.before(), effect.after(), effect.change());
        }
    }

    /** @param elsewhere or null */
    static RemedyAnswer of(Remedy remedy, List<String> labels, RemedyEffect effect, RemedyEffect elsewhere) {
        boolean isMixed = effect.isMixed() || elsewhere != null && elsewhere.isMixed();
        return new RemedyAnswer(
                remedy.id(),
                remedy.taxonomy(),
                remedy.category(),
                remedy.what(),
                remedy.by(),
                remedy.at(),
                remedy.deployedAt(),
                remedy.sources(),
                remedy.withdrawal(),
                labels,
                effect.before(),
                effect.after(),
                effect.change(),
                elsewhere == null ? null : Elsewhere.of(elsewhere),
                isMixed ? MIXED : null);
    }
}
