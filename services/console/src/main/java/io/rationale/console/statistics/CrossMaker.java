package io.rationale.console.statistics;

import io.rationale.core.statistics.CrossTable;
import io.rationale.core.statistics.CrossTable.Cell;
import io.rationale.core.statistics.CrossTable.Column;
import io.rationale.core.statistics.CrossTable.Kind;
import io.rationale.core.statistics.CrossTable.Row;
import io.rationale.core.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Makes the table of categories by the values of a dimension. Used by one thread. */
final class CrossMaker {
    private static final int MOST_VALUES = 100;
    private static final String OTHERS = "…others";

    private final CategoryTree tree;
    private final String dimension;
    private final TableQuery counted;
    private final Map<String, Tally> values = new HashMap<>();
    private final Tally all = new Tally();

    /** @param counted whose bounds are those of buckets */
    CrossMaker(CategoryTree tree, String dimension, TableQuery counted) {
        this.tree = tree;
        this.dimension = dimension;
        this.counted = counted;
    }

    CrossTable of(CountIndex index) {
        boolean bySource = dimension.equals(StatisticsTopology.Settings.SOURCE);
        Tally.each(
                index, tree.ref(), bySource ? null : dimension, counted, (bucket, cell, sums) -> values.computeIfAbsent(
                                bySource ? cell.source() : cell.value(), any -> new Tally())
                        .add(cell, sums));
        Tally.each(index, tree.ref(), null, counted, (bucket, cell, sums) -> all.add(cell, sums));
        List<Part> parts = parts();
        return new CrossTable(
                tree.ref(),
                tree.title(),
                dimension,
                counted.code(),
                counted.from().orElse(null),
                counted.to().orElse(null),
                List.copyOf(new TreeSet<>(counted.sources())),
                parts.stream().map(Part::column).toList(),
                rows(parts));
    }

    /** One column with its notes. */
    private record Part(Kind kind, String value, Tally tally) {
        Column column() {
            return new Column(
                    kind, value, tally.decided().notes(), tally.undecided().notes());
        }

        Cell cell(String category) {
            Sums sums = tally.categories().get(category);
            long count = sums == null ? 0 : sums.notes();
            long decided = tally.decided().notes();
            return new Cell(count, decided == 0 ? 0 : (double) count / decided, WilsonInterval.of(count, decided));
        }
    }

    private List<Part> parts() {
        List<String> sorted = new ArrayList<>(values.keySet());
        sorted.removeIf(value -> values.get(value).notes() <= 0);
        sorted.sort(Comparator.<String>comparingLong(value -> -values.get(value).notes())
                .thenComparing(Comparator.naturalOrder()));
        List<Part> parts = new ArrayList<>();
        Tally others = new Tally();
        Tally without = all;
        for (String value : sorted) {
            Tally tally = values.get(value);
            without.subtract(tally);
            if (parts.size() < MOST_VALUES) {
                parts.add(new Part(Kind.VALUE, value, tally));
            } else {
                others.add(tally);
            }
        }
        if (others.notes() > 0) {
            parts.add(new Part(Kind.OTHERS, OTHERS, others));
        }
        if (without.notes() > 0) {
            parts.add(new Part(Kind.NONE, null, without));
        }
        return parts;
    }

    private List<Row> rows(List<Part> parts) {
        Map<String, Long> counts = new HashMap<>();
        parts.forEach(
                part -> part.tally().categories().forEach((id, sums) -> counts.merge(id, sums.notes(), Long::sum)));
        counts.values().removeIf(count -> count <= 0);
        return tree.sorted(counts.keySet()).stream()
                .map(id -> new Row(
                        id,
                        tree.name(id),
                        tree.parent(id),
                        tree.colour(id),
                        counts.get(id),
                        parts.stream().map(part -> part.cell(id)).toList()))
                .sorted(Comparator.comparingLong(Row::count).reversed())
                .toList();
    }
}
