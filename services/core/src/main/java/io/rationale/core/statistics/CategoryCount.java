package io.rationale.core.statistics;

import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How many notes carry a label, in one bucket of event time, as far as one partition of the audit tells: the value of
 * the category-statistics topic. Readers add the partitions up.
 *
 * @param bucket     start of the bucket (UTC); 1970-01-01T00:00:00Z for {@link Span#OLDER}
 * @param taxonomy   the version that the label belongs to, or null for the count of all notes whatever was decided
 * @param category   the label, or null for notes that R1 could not decide
 * @param source     the notes' source
 * @param count      notes
 * @param agreement  sum of the verdicts' agreements, for the mean
 * @param usage      tokens spent on these notes
 * @param models     notes by the model that judged them
 * @param partition  of the audit that was counted, or null in records of old, which count no more
 * @param span       how much time the bucket holds; a minute in records of old
 * @param dimension  name of a label that the notes carry, or null for the count whatever their labels
 * @param value      of that label
 * @param generation when the counting began that this belongs to, in milliseconds since 1970; a higher one of the same
 *                   partition makes all lower ones void
 */
public record CategoryCount(
        Instant bucket,
        TaxonomyRef taxonomy,
        String category,
        String source,
        long count,
        double agreement,
        Usage usage,
        Map<String, Long> models,
        Integer partition,
        Span span,
        String dimension,
        String value,
        Long generation) {
    public CategoryCount {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(usage, "usage");
        models = models == null ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(models));
    }
}
