package io.rationale.console.statistics;

import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a query comes to under one version, summed over time, sources and partitions. Used by one thread. */
final class Tally {
    private final Map<String, Sums> categories = new HashMap<>();
    private final Sums decided = new Sums();
    private final Sums undecided = new Sums();
    private final Set<String> sources = new TreeSet<>();
    private long seen;

    /** @param counted whose bounds are those of buckets */
    static Tally of(CountIndex index, TaxonomyRef taxonomy, TableQuery counted) {
        Tally tally = new Tally();
        each(index, taxonomy, null, counted, (bucket, cell, sums) -> tally.add(cell, sums));
        each(index, null, null, counted, (bucket, cell, sums) -> tally.seen += sums.notes());
        tally.categories.values().removeIf(Sums::isEmpty);
        return tally;
    }

    /** Shows every count that the query asks for. Over all time there is one for each cell, in no bucket. */
    static void each(
            CountIndex index, TaxonomyRef taxonomy, String dimension, TableQuery counted, CountIndex.Visitor visitor) {
        CountIndex.Visitor covered = (bucket, cell, sums) -> {
            if (counted.covers(cell.source())) {
                visitor.visit(bucket, cell, sums);
            }
        };
        if (counted.from().isEmpty() && counted.to().isEmpty()) {
            index.total(taxonomy, dimension, (cell, sums) -> covered.visit(null, cell, sums));
            return;
        }
        long from = counted.from().map(Bucket::minuteOf).orElse(Long.MIN_VALUE);
        long to = counted.to().map(Bucket::minuteOf).orElse(Long.MAX_VALUE);
        index.visit(taxonomy, dimension, from, to, covered);
        if (counted.from().isEmpty()) {
            index.visitOlder(taxonomy, dimension, covered);
        }
    }

    /** Takes in a count. */
    void add(CountIndex.Cell cell, Sums sums) {
        if (cell.category() == null) {
            undecided.add(sums);
        } else {
            categories.computeIfAbsent(cell.category(), any -> new Sums()).add(sums);
            decided.add(sums);
        }
        sources.add(cell.source());
    }

    /** Takes in everything that the other holds. */
    void add(Tally other) {
        decided.add(other.decided);
        undecided.add(other.undecided);
        other.categories.forEach(
                (id, sums) -> categories.computeIfAbsent(id, any -> new Sums()).add(sums));
    }

    /** Takes out everything that the other holds. */
    void subtract(Tally other) {
        decided.subtract(other.decided);
        undecided.subtract(other.undecided);
        other.categories.forEach(
                (id, sums) -> categories.computeIfAbsent(id, any -> new Sums()).subtract(sums));
    }

    /** Decided and undecided. */
    long notes() {
        return decided.notes() + undecided.notes();
    }

    /** By label. */
    Map<String, Sums> categories() {
        return categories;
    }

    /** All labels together. */
    Sums decided() {
        return decided;
    }

    /** What R1 could not decide. */
    Sums undecided() {
        return undecided;
    }

    /** Notes that are known and not yet judged under the version. */
    long unjudged() {
        return Math.max(0, seen - decided.notes() - undecided.notes());
    }

    /** Sources of what was found, sorted. */
    Set<String> sources() {
        return sources;
    }

    /** Tokens spent, on undecided notes too. */
    Usage usage() {
        return Exact.whole(decided.usage().plus(undecided.usage()));
    }
}
