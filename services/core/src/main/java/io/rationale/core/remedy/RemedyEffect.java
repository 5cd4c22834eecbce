package io.rationale.core.remedy;

import io.rationale.core.review.MeasuredShare;
import io.rationale.core.statistics.ShareChange;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A category's share before and after something was done against it, in windows of the same length.
 *
 * @param before until it was deployed
 * @param after  since
 * @param change of the share; null when there are no notes before or after
 */
public record RemedyEffect(Period before, Period after, ShareChange change) {
    /** Share of the notes by which the versions they count under may differ before a comparison is doubted. */
    private static final double MIXED = 0.05;

    /**
     * One window.
     *
     * @param from     start, inclusive
     * @param to       end, exclusive
     * @param count    notes of the category
     * @param decided  notes with a label
     * @param share    of the category; null without notes
     * @param versions notes with a label, by the version under which they count
     */
    public record Period(
            Instant from, Instant to, long count, long decided, MeasuredShare share, Map<String, Long> versions) {
        public Period {
            versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        }

        /** Of these counts. */
        public static Period of(Instant from, Instant to, long count, Map<String, Long> versions) {
            long decided = versions.values().stream().mapToLong(Long::longValue).sum();
            return new Period(
                    from, to, count, decided, decided == 0 ? null : MeasuredShare.of(count, decided), versions);
        }

        private double part(String version) {
            return decided == 0 ? 0 : (double) versions.getOrDefault(version, 0L) / decided;
        }
    }

    /** The effect between two windows. */
    public static RemedyEffect between(Period before, Period after) {
        ShareChange change = before.decided() == 0 || after.decided() == 0
                ? null
                : ShareChange.of(after.count(), after.decided(), before.count(), before.decided());
        return new RemedyEffect(before, after, change);
    }

    /** Whether the notes after count under other versions than those before, so that a part may be relabelling. */
    public boolean isMixed() {
        TreeSet<String> versions = new TreeSet<>(before.versions().keySet());
        versions.addAll(after.versions().keySet());
        return change != null
                && versions.stream().anyMatch(each -> Math.abs(before.part(each) - after.part(each)) > MIXED);
    }
}
