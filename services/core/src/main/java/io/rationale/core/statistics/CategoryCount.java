package io.rationale.core.statistics;

import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How many notes carry a label, in one bucket of event time: the value of the category-statistics topic.
 *
 * @param bucket    start of the bucket, a whole minute (UTC)
 * @param taxonomy  the version that the label belongs to
 * @param category  the label, or null for notes that R1 could not decide
 * @param source    the notes' source
 * @param count     notes
 * @param agreement sum of the verdicts' agreements, for the mean
 * @param usage     tokens spent on these notes
 * @param models    notes by the model that judged them
 */
public record CategoryCount(
        Instant bucket,
        TaxonomyRef taxonomy,
        String category,
        String source,
        long count,
        double agreement,
        Usage usage,
        Map<String, Long> models) {
    public CategoryCount {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(taxonomy, "taxonomy");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(usage, "usage");
        models = models == null ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(models));
    }

    /** The same with every number's sign turned, for taking a note out of a count. */
    public CategoryCount negated() {
        Map<String, Long> turned = new TreeMap<>();
        models.forEach((model, notes) -> turned.put(model, -notes));
        Usage spent = new Usage(-usage.prompt(), -usage.reasoning(), -usage.answer(), -usage.cached());
        return new CategoryCount(bucket, taxonomy, category, source, -count, -agreement, spent, turned);
    }

    /** This count and a signed change of the same bucket, version, label and source; models without notes fall out. */
    public CategoryCount plus(CategoryCount change) {
        Map<String, Long> summed = new TreeMap<>(models);
        change.models.forEach((model, notes) -> summed.merge(model, notes, Long::sum));
        summed.values().removeIf(notes -> notes == 0);
        return new CategoryCount(
                bucket,
                taxonomy,
                category,
                source,
                count + change.count,
                agreement + change.agreement,
                usage.plus(change.usage),
                summed);
    }
}
