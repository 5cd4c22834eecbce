package io.rationale.console.statistics;

import io.rationale.core.statistics.CategorySeries;
import io.rationale.core.statistics.CategorySeries.Point;
import io.rationale.core.statistics.Span;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes a series of points out of the counts of one query. Used by one thread. */
final class SeriesMaker {
    private static final int MOST_POINTS = 2_000;
    /** What a chart shows well. */
    private static final int MANY_POINTS = 400;

    private final TaxonomyRef taxonomy;
    private final TableQuery counted;
    private final List<CategorySeries.Activation> activations;
    private final Map<Long, Tally> points = new HashMap<>();
    private final Tally older = new Tally();
    private boolean hasOlder;

    /**
     * @param counted     whose bounds are those of buckets
     * @param activations of all versions, the first one first
     */
    SeriesMaker(TaxonomyRef taxonomy, TableQuery counted, List<CategorySeries.Activation> activations) {
        this.taxonomy = taxonomy;
        this.counted = counted;
        this.activations = activations;
    }

    /**
     * The series.
     *
     * @param finest the span below which counts of that age are not kept
     * @throws QueryRefusedException when it had too many points
     */
    CategorySeries of(CountIndex index, Step asked, Span finest) {
        long[] extent = extent(index);
        if (asked == Step.AUTO && counted.from().isEmpty()) {
            // One note of a wrong year must not hide all others.
            extent[0] = Math.max(extent[0], extent[1] - (long) (MOST_POINTS - 1) * Span.DAY.minutes());
        }
        Span wanted = asked.span().orElseGet(() -> chosen(extent[0], extent[1]));
        Span step = coarser(wanted, finest, coarsest(index, extent));
        long from = Bucket.floor(extent[0], step);
        long to = Bucket.ceiling(extent[1], step);
        long length = (to - from) / step.minutes();
        if (length > MOST_POINTS) {
            throw new QueryRefusedException("A series has at most " + MOST_POINTS + " points and this one had " + length
                    + ": ask for a shorter range or a longer step.");
        }
        index.visit(taxonomy, null, from, to, (bucket, cell, sums) -> {
            if (counted.covers(cell.source())) {
                points.computeIfAbsent(Bucket.floor(bucket.start(), step), any -> new Tally())
                        .add(cell, sums);
            }
        });
        addOlder(index);
        boolean isEmpty = from == to;
        return new CategorySeries(
                taxonomy,
                counted.code(),
                isEmpty ? null : Bucket.instantOf(from),
                isEmpty ? null : Bucket.instantOf(to),
                List.copyOf(new TreeSet<>(counted.sources())),
                step,
                step != wanted,
                points(from, to, step),
                hasOlder ? point(null, older) : null,
                activations.stream()
                        .filter(each -> isWithin(Bucket.minuteOf(each.at()), from, to))
                        .toList());
    }

    private static boolean isWithin(long minute, long from, long to) {
        return minute >= from && minute < to;
    }

    private long[] extent(CountIndex index) {
        long[] all = index.extent(taxonomy);
        long first = all == null ? 0 : all[0];
        long last = all == null ? 0 : all[1];
        return new long[] {
            counted.from()
                    .map(Bucket::minuteOf)
                    .orElse(Math.min(first, counted.to().map(Bucket::minuteOf).orElse(first))),
            counted.to().map(Bucket::minuteOf).orElse(last)
        };
    }

    private static Span chosen(long from, long to) {
        return Stream.of(Span.MINUTE, Span.HOUR)
                .filter(span -> (to - from) / span.minutes() <= MANY_POINTS)
                .findFirst()
                .orElse(Span.DAY);
    }

    /** The coarsest bucket that there is in the range. */
    private Span coarsest(CountIndex index, long[] extent) {
        Span[] coarsest = {Span.MINUTE};
        index.visit(
                taxonomy,
                null,
                extent[0],
                extent[1],
                (bucket, cell, sums) -> coarsest[0] = coarser(coarsest[0], bucket.span()));
        return coarsest[0];
    }

    private static Span coarser(Span... spans) {
        return Stream.of(spans).max(java.util.Comparator.naturalOrder()).orElseThrow();
    }

    private void addOlder(CountIndex index) {
        if (counted.from().isEmpty()) {
            index.visitOlder(taxonomy, null, (bucket, cell, sums) -> {
                if (counted.covers(cell.source())) {
                    hasOlder = true;
                    older.add(cell, sums);
                }
            });
        }
    }

    private List<Point> points(long from, long to, Span step) {
        List<Point> all = new ArrayList<>();
        for (long start = from; start < to; start += step.minutes()) {
            all.add(point(Bucket.instantOf(start), points.getOrDefault(start, new Tally())));
        }
        return all;
    }

    private static Point point(Instant start, Tally tally) {
        Map<String, Long> categories = new HashMap<>();
        tally.categories().forEach((id, sums) -> {
            if (sums.notes() != 0) {
                categories.put(id, sums.notes());
            }
        });
        return new Point(
                start, categories, tally.undecided().notes(), tally.usage().total());
    }
}
