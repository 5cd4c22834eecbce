package io.rationale.core.statistics;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.List;

/**
 * Categories by the values of a dimension: the notes' source, or one of their labels.
 *
 * @param taxonomy  the version that the labels belong to
 * @param title     the taxonomy's title, or null
 * @param dimension {@code source}, or the name of a note label
 * @param window    as in {@link CategoryTable}
 * @param from      start of what was counted, inclusive; null for no start
 * @param to        end of what was counted, exclusive; null for no end
 * @param sources   the sources asked for, sorted; empty means all
 * @param columns   the values, most frequent first, ties by name; then the rest, then the notes without
 * @param rows      categories with at least one note, most frequent first, ties in the taxonomy's order
 */
public record CrossTable(
        TaxonomyRef taxonomy,
        String title,
        String dimension,
        String window,
        Instant from,
        Instant to,
        List<String> sources,
        List<Column> columns,
        List<Row> rows) {
    public CrossTable {
        sources = List.copyOf(sources);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Which notes a column holds. */
    public enum Kind {
        /** Those with its value. */
        VALUE,
        /** Those with any of the rarer values, which have no column of their own. */
        OTHERS,
        /** Those without the label. */
        NONE;

        @com.fasterxml.jackson.annotation.JsonValue
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One value.
     *
     * @param kind      which notes it holds
     * @param value     the value; {@code …others} for the rest; null for the notes without
     * @param decided   notes with a label: the denominator of the column's shares
     * @param undecided notes that R1 could not decide
     */
    public record Column(Kind kind, String value, long decided, long undecided) {}

    /**
     * One category.
     *
     * @param category the label
     * @param name     for people
     * @param parent   the category above, or null
     * @param colour   {@code #rrggbb}, or null
     * @param count    notes in all columns
     * @param cells    one for each column, in their order
     */
    public record Row(String category, String name, String parent, String colour, long count, List<Cell> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * One category of one value.
     *
     * @param count    notes
     * @param share    of the column's decided notes, 0 to 1
     * @param interval 95 % Wilson interval of the share
     */
    public record Cell(long count, double share, WilsonInterval interval) {}
}
