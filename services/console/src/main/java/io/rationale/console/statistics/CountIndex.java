package io.rationale.console.statistics;

import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.statistics.Span;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * All partial counts in memory, for each version and dimension sorted by time, so that a window is a piece of a map. A
 * count takes about 100 bytes: what counts have in common is held once. Used by one thread at a time.
 */
final class CountIndex {
    private static final Span[] TIMED = {Span.MINUTE, Span.HOUR, Span.DAY};

    private final Map<Topic, Series> series = new HashMap<>();
    private final Map<Integer, Long> generations = new HashMap<>();
    private final Map<Cell, Cell> cells = new HashMap<>();

    /** What a series of counts is about; the version is null for all notes, the dimension for any labels. */
    private record Topic(TaxonomyRef taxonomy, String dimension) {}

    /**
     * What is counted within a bucket.
     *
     * @param category the label; null for undecided notes
     * @param source   the notes' source
     * @param value    of the dimension, null without one
     */
    record Cell(String category, String source, String value) {
        private static final Comparator<String> NULL_FIRST = Comparator.nullsFirst(Comparator.naturalOrder());
        private static final Comparator<Cell> ORDER = Comparator.comparing(Cell::source)
                .thenComparing(Cell::category, NULL_FIRST)
                .thenComparing(Cell::value, NULL_FIRST);
    }

    /** The count of one cell by one partition. */
    static final class Partial extends Sums {
        private static final Comparator<Partial> ORDER =
                Comparator.<Partial>comparingInt(p -> p.partition).thenComparing(p -> p.cell, Cell.ORDER);

        private final Cell cell;
        private final int partition;

        private Partial(Cell cell, int partition) {
            this.cell = cell;
            this.partition = partition;
        }
    }

    /** Counts of one version and dimension. */
    private static final class Series {
        private final Map<Span, NavigableMap<Long, Partial[]>> buckets = new EnumMap<>(Span.class);
        private final Map<Cell, Sums> totals = new HashMap<>();

        Series() {
            for (Span span : Span.values()) {
                buckets.put(span, new TreeMap<>());
            }
        }

        private NavigableMap<Long, Partial[]> of(Span span) {
            return buckets.get(span);
        }

        private void put(Bucket bucket, Partial partial) {
            Partial[] before = of(bucket.span()).getOrDefault(bucket.start(), new Partial[0]);
            int at = Arrays.binarySearch(before, partial, Partial.ORDER);
            Partial[] after = before;
            if (at >= 0) {
                subtract(before[at]);
            } else {
                at = -at - 1;
                after = Arrays.copyOf(before, before.length + 1);
                System.arraycopy(before, at, after, at + 1, before.length - at);
                of(bucket.span()).put(bucket.start(), after);
            }
            after[at] = partial;
            totals.computeIfAbsent(partial.cell, any -> new Sums()).add(partial);
        }

        private void remove(Bucket bucket, Partial like) {
            Partial[] before = of(bucket.span()).getOrDefault(bucket.start(), new Partial[0]);
            int at = Arrays.binarySearch(before, like, Partial.ORDER);
            if (at < 0) {
                return;
            }
            subtract(before[at]);
            if (before.length == 1) {
                of(bucket.span()).remove(bucket.start());
                return;
            }
            Partial[] after = Arrays.copyOf(before, before.length - 1);
            System.arraycopy(before, at + 1, after, at, before.length - at - 1);
            of(bucket.span()).put(bucket.start(), after);
        }

        private void subtract(Partial partial) {
            Sums total = totals.get(partial.cell);
            total.subtract(partial);
            if (total.isEmpty()) {
                totals.remove(partial.cell);
            }
        }

        private void removePartition(int partition) {
            buckets.forEach(
                    (span, times) -> List.copyOf(times.entrySet()).forEach(time -> Arrays.stream(time.getValue())
                            .filter(partial -> partial.partition == partition)
                            .forEach(partial -> remove(new Bucket(span, time.getKey()), partial))));
        }
    }

    void clear() {
        series.clear();
        generations.clear();
        cells.clear();
    }

    /** Takes a count in place of an earlier one with the same key; one of old, or of a counting that is void, not. */
    void put(CategoryCount count) {
        PartialCount key = PartialCount.of(count);
        if (key != null && isCurrent(key)) {
            Partial partial = partial(key);
            partial.fill(count.count(), count.agreement(), count.usage(), count.models());
            seriesOf(key).put(key.key().bucket(), partial);
        }
    }

    /** Takes a count out. */
    void remove(PartialCount key) {
        if (key != null && isCurrent(key)) {
            seriesOf(key).remove(key.key().bucket(), partial(key));
        }
    }

    private boolean isCurrent(PartialCount key) {
        Long known = generations.get(key.partition());
        if (known == null || key.generation() > known) {
            generations.put(key.partition(), key.generation());
            if (known != null) {
                series.values().forEach(one -> one.removePartition(key.partition()));
            }
            return true;
        }
        return key.generation() == known;
    }

    private Partial partial(PartialCount key) {
        Cell cell = new Cell(key.key().category(), key.key().source(), key.key().value());
        Cell known = cells.putIfAbsent(cell, cell);
        return new Partial(known == null ? cell : known, key.partition());
    }

    private Series seriesOf(PartialCount key) {
        return series.computeIfAbsent(new Topic(key.key().taxonomy(), key.key().dimension()), any -> new Series());
    }

    /** Versions that have counts. */
    List<TaxonomyRef> taxonomies() {
        return series.entrySet().stream()
                .filter(entry -> !entry.getValue().totals.isEmpty())
                .map(entry -> entry.getKey().taxonomy())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Sums of each cell over all time. */
    void total(TaxonomyRef taxonomy, String dimension, BiConsumer<Cell, Sums> visitor) {
        Series found = series.get(new Topic(taxonomy, dimension));
        if (found != null) {
            found.totals.forEach(visitor);
        }
    }

    /** Shows counts; the sums are not to be kept. */
    interface Visitor {
        void visit(Bucket bucket, Cell cell, Sums sums);
    }

    /** Every partial count of buckets that begin from {@code from} on and before {@code to}; all of them with a time. */
    void visit(TaxonomyRef taxonomy, String dimension, long from, long to, Visitor visitor) {
        Series found = series.get(new Topic(taxonomy, dimension));
        if (found == null || from >= to) {
            return;
        }
        for (Span span : TIMED) {
            found.of(span).subMap(from, true, to, false).forEach((start, partials) -> {
                Bucket bucket = new Bucket(span, start);
                for (Partial partial : partials) {
                    visitor.visit(bucket, partial.cell, partial);
                }
            });
        }
    }

    /** Every partial count that has no time. */
    void visitOlder(TaxonomyRef taxonomy, String dimension, Visitor visitor) {
        Series found = series.get(new Topic(taxonomy, dimension));
        if (found != null) {
            found.of(Span.OLDER).forEach((start, partials) -> {
                for (Partial partial : partials) {
                    visitor.visit(new Bucket(Span.OLDER, start), partial.cell, partial);
                }
            });
        }
    }

    /** The earliest start of a bucket that reaches over that minute, or the minute itself: widens a window's start. */
    long floor(long minute) {
        long floor = minute;
        for (Span span : TIMED) {
            long start = Bucket.floor(floor, span);
            floor = start < floor && isUsed(span, start) ? start : floor;
        }
        return floor;
    }

    /** The latest end of a bucket that reaches over that minute, or the minute itself: widens a window's end. */
    long ceiling(long minute) {
        long ceiling = minute;
        for (Span span : TIMED) {
            long start = Bucket.floor(ceiling, span);
            ceiling = start < ceiling && isUsed(span, start) ? start + span.minutes() : ceiling;
        }
        return ceiling;
    }

    private boolean isUsed(Span span, long start) {
        return series.values().stream().anyMatch(one -> one.of(span).containsKey(start));
    }

    /** First start and last end of all buckets with a time; null without any. */
    long[] extent(TaxonomyRef taxonomy) {
        Series found = series.get(new Topic(taxonomy, null));
        List<long[]> extents = new ArrayList<>();
        for (Span span : TIMED) {
            if (found != null && !found.of(span).isEmpty()) {
                extents.add(
                        new long[] {found.of(span).firstKey(), found.of(span).lastKey() + span.minutes()});
            }
        }
        return extents.stream()
                .reduce((a, b) -> new long[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])})
                .orElse(null);
    }
}
