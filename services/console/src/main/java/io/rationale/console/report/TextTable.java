package io.rationale.console.report;

import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CategoryTable.Row;
import java.util.ArrayList;
import java.util.List;

/** The table for a terminal: columns aligned by display width, quotes wrapped beneath their category. */
final class TextTable {
    private static final int LEAST_WIDTH = 40;
    private static final int MOST_QUOTE_LINES = 3;
    private static final String INDENT = "    ";

    private final CategoryTable table;
    private final int width;
    private final StringBuilder out = new StringBuilder();

    private TextTable(CategoryTable table, int width) {
        this.table = table;
        this.width = Math.max(LEAST_WIDTH, width);
    }

    static String render(CategoryTable table, int width) {
        return new TextTable(table, width).render();
    }

    private String render() {
        if (table.simulated()) {
            paragraph(Phrases.SIMULATED, "");
            out.append('\n');
        }
        paragraph(Phrases.title(table), "");
        paragraph(Phrases.scope(table), "");
        out.append('\n');
        rows();
        Phrases.totals(table).forEach(sentence -> paragraph(sentence, ""));
        return out.toString();
    }

    private void rows() {
        int counts = columnWidth("Notes", row -> Phrases.number(row.count()));
        int shares = columnWidth("Share (95 % interval)", Phrases::share);
        int names = Math.min(columnWidth("Category", Row::name), width - counts - shares - 4);
        line("Category", names, "Notes", counts, "Share (95 % interval)", shares);
        out.append("─".repeat(Math.min(width, names + counts + shares + 4))).append('\n');
        for (Row row : table.rows()) {
            List<String> name = wrap(PlainText.line(row.name()), Math.max(8, names));
            line(name.getFirst(), names, Phrases.number(row.count()), counts, Phrases.share(row), shares);
            name.stream().skip(1).forEach(rest -> out.append(rest).append('\n'));
            row.examples().forEach(example -> quote(example.quote()));
        }
        if (table.rows().isEmpty()) {
            out.append("No note is decided yet.\n");
        }
        out.append('\n');
    }

    private int columnWidth(String heading, java.util.function.Function<Row, String> cell) {
        return table.rows().stream().map(cell).mapToInt(DisplayWidth::of).reduce(DisplayWidth.of(heading), Math::max);
    }

    private void line(String name, int names, String count, int counts, String share, int shares) {
        out.append(DisplayWidth.padRight(name, names))
                .append("  ")
                .append(DisplayWidth.padLeft(count, counts))
                .append("  ")
                .append(DisplayWidth.padLeft(share, shares))
                .append('\n');
    }

    private void quote(String quote) {
        List<String> lines = wrap("“" + PlainText.line(quote) + "”", width - INDENT.length());
        lines.stream().limit(MOST_QUOTE_LINES - 1).forEach(line -> indented(line));
        if (lines.size() == MOST_QUOTE_LINES) {
            indented(lines.getLast());
        } else if (lines.size() > MOST_QUOTE_LINES) {
            indented(shortened(lines.get(MOST_QUOTE_LINES - 1)) + "…”");
        }
    }

    private String shortened(String line) {
        String cut = line;
        while (DisplayWidth.of(cut) > width - INDENT.length() - 2) {
            List<String> clusters = DisplayWidth.clusters(cut);
            cut = String.join("", clusters.subList(0, clusters.size() - 1));
        }
        return cut.stripTrailing();
    }

    private void indented(String line) {
        out.append(INDENT).append(line).append('\n');
    }

    private void paragraph(String text, String indent) {
        wrap(PlainText.line(text), width)
                .forEach(line -> out.append(indent).append(line).append('\n'));
    }

    /** Lines of at most {@code columns}, broken at spaces where there are any. At least one line. */
    static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : text.split("(?<= )")) {
            for (String piece : pieces(word, columns)) {
                int needed = DisplayWidth.of(piece.stripTrailing());
                if (used > 0 && used + needed > columns) {
                    lines.add(line.toString().stripTrailing());
                    line.setLength(0);
                    used = 0;
                }
                line.append(piece);
                used += DisplayWidth.of(piece);
            }
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /** The word itself, or where it is too long for any line, parts that fit. */
    private static List<String> pieces(String word, int columns) {
        if (DisplayWidth.of(word.stripTrailing()) <= columns) {
            return List.of(word);
        }
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int used = 0;
        for (String cluster : DisplayWidth.clusters(word)) {
            int needed = DisplayWidth.of(cluster);
            if (used > 0 && used + needed > columns) {
                pieces.add(piece.toString());
                piece.setLength(0);
                used = 0;
            }
            piece.append(cluster);
            used += needed;
        }
        pieces.add(piece.toString());
        return pieces;
    }
}
