package io.rationale.console.report;

import io.rationale.console.search.NoteLabel;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report for reading: the table, then every note under its category. Notes come in the order of the audit and are
 * kept in one temporary file per category, so that memory stays the same for any number of them. Used by one thread.
 */
final class HtmlReport implements AutoCloseable {
    private static final String UNDECIDED = "~undecided";
    private static final String FOREIGN = "~foreign";

    private final Taxonomy taxonomy;
    private final Path directory;
    private final NoteHtml notes;
    private final Map<String, Path> parts = new LinkedHashMap<>();
    private final Map<String, Writer> writers = new LinkedHashMap<>();

    /** @param directory for the temporary files */
    HtmlReport(Taxonomy taxonomy, Path directory) {
        this.taxonomy = taxonomy;
        this.directory = directory;
        this.notes = new NoteHtml(this::nameOf);
    }

    private String nameOf(String category) {
        return taxonomy.category(category).map(Category::name).orElse(category);
    }

    /** Adds one note: the label that counts, and the event that shows it. */
    void add(NoteLabel label, AuditEvent shown) throws IOException {
        part(label.category()).write(notes.render(label, shown));
    }

    private Writer part(String category) throws IOException {
        String name = category == null ? UNDECIDED : taxonomy.category(category).isPresent() ? category : FOREIGN;
        Writer open = writers.get(name);
        if (open == null) {
            Path file = Files.createTempFile(directory, ".report", ".part");
            parts.put(name, file);
            open = new BufferedWriter(Files.newBufferedWriter(file));
            writers.put(name, open);
        }
        return open;
    }

    /** Writes the whole page. */
    void writeTo(Writer out, CategoryTable table) throws IOException {
        for (Writer writer : writers.values()) {
            writer.flush();
        }
        out.write(HtmlTable.head(table));
        out.write(HtmlTable.body(table));
        out.write("<h2>Notes and reasoning</h2>\n");
        for (String category : order(table)) {
            if (parts.containsKey(category)) {
                section(out, category);
            }
        }
        out.write(HtmlTable.foot());
    }

    /** The table's order first, then what it does not name. */
    private List<String> order(CategoryTable table) {
        List<String> order = new ArrayList<>(
                table.rows().stream().map(CategoryTable.Row::category).toList());
        parts.keySet().stream().sorted().filter(part -> !order.contains(part)).forEach(order::add);
        return order;
    }

    private void section(Writer out, String category) throws IOException {
        out.write("<section class=\"category\" id=\"c-" + Html.escape(category) + "\"><h3>"
                + Html.escape(headingOf(category)) + "</h3>\n");
        try (var part = Files.newBufferedReader(parts.get(category))) {
            part.transferTo(out);
        }
        out.write("</section>\n");
    }

    private String headingOf(String category) {
        return switch (category) {
            case UNDECIDED -> "Undecided";
            case FOREIGN -> "Labels that the taxonomy does not have";
            default -> nameOf(category);
        };
    }

    @Override
    public void close() throws IOException {
        for (Writer writer : writers.values()) {
            writer.close();
        }
        for (Path part : parts.values()) {
            Files.deleteIfExists(part);
        }
    }
}
