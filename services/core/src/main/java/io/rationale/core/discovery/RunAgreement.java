package io.rationale.core.discovery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How far runs agree about which notes belong together.
 *
 * <p>As a whole: the adjusted Rand index (Hubert and Arabie, "Comparing partitions", Journal of Classification 2, 1985),
 * 1 for the same partition, 0 for what chance gives. A category: the mean Jaccard similarity of its notes between runs
 * (Hennig, "Cluster-wise assessment of cluster stability", Computational Statistics and Data Analysis 52, 2007, who takes
 * 0.75 and more for stable, less than 0.5 for dissolved).
 */
final class RunAgreement {
    private RunAgreement() {}

    /**
     * Mean over all pairs of runs.
     *
     * @param members notes of the category by run; empty for a run that did not find it
     * @param seen    notes that a run has read, by run
     * @return nothing for fewer than two runs
     */
    static OptionalDouble ofCategory(List<Set<String>> members, List<Set<String>> seen) {
        return java.util.stream.IntStream.range(0, members.size())
                .boxed()
                .flatMap(i -> java.util.stream.IntStream.range(i + 1, members.size())
                        .mapToObj(j -> jaccard(members.get(i), members.get(j), common(seen.get(i), seen.get(j)))))
                .mapToDouble(Double::doubleValue)
                .average();
    }

    /**
     * Adjusted Rand index of two labellings of the same notes.
     *
     * @return 1 also where both put all notes into one class, or each into its own
     */
    static double adjustedRand(Map<String, String> one, Map<String, String> other) {
        Map<String, Integer> rows = new HashMap<>();
        Map<String, Integer> columns = new HashMap<>();
        Map<List<String>, Integer> cells = new HashMap<>();
        one.forEach((note, label) -> {
            rows.merge(label, 1, Integer::sum);
            columns.merge(other.get(note), 1, Integer::sum);
            cells.merge(List.of(label, other.get(note)), 1, Integer::sum);
        });
        double together = pairs(cells.values());
        double inOne = pairs(rows.values());
        double inOther = pairs(columns.values());
        double all = one.size() * (one.size() - 1.0) / 2;
        double expected = all == 0 ? 0 : inOne * inOther / all;
        double most = (inOne + inOther) / 2;
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    private static double pairs(Iterable<Integer> counts) {
        double pairs = 0;
        for (int count : counts) {
            pairs += count * (count - 1.0) / 2;
        }
        return pairs;
    }

    private static double jaccard(Set<String> one, Set<String> other, Set<String> seen) {
        Set<String> here = common(one, seen);
        Set<String> there = common(other, seen);
        int both = common(here, there).size();
        int either = here.size() + there.size() - both;
        return either == 0 ? 0 : (double) both / either;
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
        Set<String> common = new HashSet<>(one);
        common.retainAll(other);
        return common;
    }
}
