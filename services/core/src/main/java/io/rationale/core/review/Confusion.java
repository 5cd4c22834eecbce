package io.rationale.core.review;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often R1 said one category where a person said the same or another one. */
public final class Confusion {
    private final Map<String, Map<String, Long>> rows = new TreeMap<>();
    private final Map<String, Long> columns = new TreeMap<>();
    private long pairs;
    private long agreed;

    /**
     * Notes with one pair of labels.
     *
     * @param said  R1's category
     * @param is    the person's
     * @param count notes, 1 or more
     */
    public record Cell(String said, String is, long count) {
        public Cell {
            Objects.requireNonNull(said, "said");
            Objects.requireNonNull(is, "is");
            if (count < 1) {
                throw new IllegalArgumentException(count + " is no number of notes");
            }
        }
    }

    /** @param cells in any order; those of the same pair are added up */
    public Confusion(Collection<Cell> cells) {
        cells.forEach(this::add);
    }

    private void add(Cell cell) {
        rows.computeIfAbsent(cell.said(), any -> new TreeMap<>()).merge(cell.is(), cell.count(), Math::addExact);
        columns.merge(cell.is(), cell.count(), Math::addExact);
        pairs += cell.count();
        agreed += cell.said().equals(cell.is()) ? cell.count() : 0;
    }

    /** Notes that both labelled. */
    public long pairs() {
        return pairs;
    }

    /** Notes that both labelled alike. */
    public long agreed() {
        return agreed;
    }

    /** Notes that R1 gave this category. */
    public long said(String category) {
        return rows.getOrDefault(category, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Notes that people gave this category. */
    public long is(String category) {
        return columns.getOrDefault(category, 0L);
    }

    /** Notes that R1 gave the one and people the other category. */
    public long count(String said, String is) {
        return rows.getOrDefault(said, Map.of()).getOrDefault(is, 0L);
    }

    /** Every category that either gave, sorted. */
    public Set<String> categories() {
        Set<String> categories = new TreeSet<>(rows.keySet());
        categories.addAll(columns.keySet());
        return categories;
    }

    /** The cells that are not empty, by R1's and then by the person's category. */
    public List<Cell> cells() {
        return rows.entrySet().stream()
                .flatMap(row -> row.getValue().entrySet().stream()
                        .map(is -> new Cell(row.getKey(), is.getKey(), is.getValue())))
                .sorted(Comparator.comparing(Cell::said).thenComparing(Cell::is))
                .toList();
    }
}
