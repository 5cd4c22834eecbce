package io.rationale.console.report;

import io.rationale.console.notes.AuditReader;
import io.rationale.console.notes.AuditRecord;
import io.rationale.console.notes.DeadLetterReader;
import io.rationale.console.search.IndexedNote;
import io.rationale.console.search.NoteLabel;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.search.NoteSnapshot;
import io.rationale.console.search.Position;
import io.rationale.console.statistics.CategoryTables;
import io.rationale.console.statistics.TableQuery;
import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.taxonomy.Taxonomy;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes a report into a directory. Counts are those of the view; while notes still come in, the audit beside them may
 * hold a few more: wait for {@link io.rationale.console.statistics.StatisticsProgress} first.
 */
public final class ReportWriter {
    private static final int NO_TERMINAL = 0;

    private final CategoryTables tables;
    private final NoteSearch notes;
    private final AuditReader audit;
    private final DeadLetterReader deadLetters;

    public ReportWriter(CategoryTables tables, NoteSearch notes, AuditReader audit, DeadLetterReader deadLetters) {
        this.tables = tables;
        this.notes = notes;
        this.audit = audit;
        this.deadLetters = deadLetters;
    }

    /**
     * Writes {@code statistics.json}, {@code report.md}, {@code audit.jsonl}, {@code report.html} and {@code
     * dead-letters.jsonl}, each whole or not at all. Only notes that the query counts, but all dead letters.
     *
     * @throws IOException when the directory cannot be written
     */
    public void write(Path directory, TableQuery query) throws IOException {
        Files.createDirectories(directory);
        CategoryTable table = tables.table(query);
        writeText(directory.resolve("statistics.json"), TableRenderer.render(table, TableFormat.JSON, NO_TERMINAL));
        writeText(directory.resolve("report.md"), TableRenderer.render(table, TableFormat.MARKDOWN, NO_TERMINAL));
        writeAudit(directory, tables.counted(query), table);
        SafeFile.write(directory.resolve("dead-letters.jsonl"), this::writeDeadLetters);
    }

    private static void writeText(Path file, String text) throws IOException {
        SafeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void writeAudit(Path directory, TableQuery query, CategoryTable table) throws IOException {
        try (HtmlReport html = new HtmlReport(tables.taxonomy(), directory)) {
            SafeFile.write(directory.resolve("audit.jsonl"), lines -> readAudit(query, lines, html));
            SafeFile.write(directory.resolve("report.html"), out -> {
                Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                html.writeTo(writer, table);
                writer.flush();
            });
        }
    }

    private void readAudit(TableQuery query, OutputStream lines, HtmlReport html) throws IOException {
        try {
            notes.read(snapshot -> {
                audit.forEach(noteId -> true, found -> add(snapshot, query, found, lines, html));
                return null;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void add(NoteSnapshot snapshot, TableQuery query, AuditRecord found, OutputStream lines, HtmlReport html) {
        Optional<IndexedNote> note = snapshot.note(found.event().noteId());
        try {
            if (note.filter(known -> isCounted(known, query)).isPresent()) {
                lines.write(oneLine(found.original().toArray()));
                lines.write('\n');
                addShown(note.get(), found, html);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A note that only reviews speak of has neither source nor time, and is in no count. */
    private static boolean isCounted(IndexedNote note, TableQuery query) {
        return note.seen() && query.covers(note.source(), note.observedAt());
    }

    private void addShown(IndexedNote note, AuditRecord found, HtmlReport html) throws IOException {
        Taxonomy taxonomy = tables.taxonomy();
        Position here = new Position(found.partition(), found.offset());
        Optional<NoteLabel> label = note.label(taxonomy.ref());
        if (label.isPresent()
                && note.shownAt(taxonomy.ref()).filter(here::equals).isPresent()) {
            html.add(label.get(), found.event());
        }
    }

    /** Line breaks in JSON can only stand between its parts, where a space means the same. */
    private static byte[] oneLine(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                json[i] = ' ';
            }
        }
        return json;
    }

    private void writeDeadLetters(OutputStream out) throws IOException {
        try {
            deadLetters.forEach(letter -> {
                try {
                    out.write((DeadLetterLine.of(letter) + "\n").getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
