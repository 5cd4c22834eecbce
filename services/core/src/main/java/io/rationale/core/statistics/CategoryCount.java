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
}
