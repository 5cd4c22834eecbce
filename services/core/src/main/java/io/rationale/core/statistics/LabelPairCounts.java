package io.rationale.core.statistics;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Notes by their labels under two versions.
 *
 * @param counts by the old label, then the new one; none with 0
 */
public record LabelPairCounts(Map<String, Map<String, Long>> counts) {
    /** No note. */
    public static final LabelPairCounts NONE = new LabelPairCounts(Map.of());

    public LabelPairCounts {
        Map<String, Map<String, Long>> copied = new TreeMap<>();
        counts.forEach((old, now) -> copied.put(old, Collections.unmodifiableMap(new TreeMap<>(now))));
        counts = Collections.unmodifiableMap(copied);
    }

    /** Both together. */
    public LabelPairCounts plus(LabelPairCounts other) {
        Map<String, Map<String, Long>> sum = new TreeMap<>();
        counts.forEach((old, now) -> sum.put(old, new TreeMap<>(now)));
        other.counts.forEach((old, now) -> {
            Map<String, Long> row = sum.computeIfAbsent(old, any -> new TreeMap<>());
            now.forEach((label, count) -> row.merge(label, count, Long::sum));
        });
        return new LabelPairCounts(sum);
    }

    /** All of them. */
    public long notes() {
        return counts.values().stream()
                .flatMap(row -> row.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Notes with that old and that new label. */
    public long count(String old, String now) {
        return counts.getOrDefault(old, Map.of()).getOrDefault(now, 0L);
    }

    /** Notes with one of these old labels. */
    public long old(Set<String> labels) {
        return counts.entrySet().stream()
                .filter(row -> labels.contains(row.getKey()))
                .flatMap(row -> row.getValue().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Notes with that new label. */
    public long now(String label) {
        return counts.values().stream()
                .mapToLong(row -> row.getOrDefault(label, 0L))
                .sum();
    }

    /** The same notes by whether they had one of the old labels, and whether they have the new one. */
    PairedShares paired(Set<String> old, String label) {
        long both = old.stream().mapToLong(each -> count(each, label)).sum();
        long before = old(old);
        long now = now(label);
        return new PairedShares(both, now - both, before - both, notes() - now - before + both);
    }

    /** Old labels that notes have, sorted. */
    Set<String> oldLabels() {
        return counts.keySet();
    }

    /** New labels that notes have, sorted. */
    Set<String> newLabels() {
        Set<String> labels = new TreeSet<>();
        counts.values().forEach(row -> labels.addAll(row.keySet()));
        return labels;
    }
}
