package io.rationale.core.intake;

import io.rationale.core.intake.QuoteScan.End;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.NoteRejection;
import io.rationale.core.note.NoteRejection.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * Puts physical lines together to CSV records. An open quote may take following lines in; when they do not become a
 * record that fits the header, the first line alone is at fault and reading resumes at the second, so that one
 * forgotten quote costs one line. What is read ahead is bounded by one record. Not thread safe.
 */
final class CsvRecords {
    /** A note of more lines than this is a forgotten quote; bounds what short lines cost in memory. */
    static final int MAX_LINES = 10_000;

    /** What the next lines are. */
    sealed interface Found {
        /** The values of a record, as many as the header names or fewer. */
        record Values(RawRecord raw, List<String> values) implements Found {}

        /** No record. */
        record Fault(RawRecord raw, NoteRejection rejection) implements Found {}

        /** A line too long to be kept. */
        record TooLong(Line line) implements Found {}
    }

    private final LinesAhead lines;
    private final char delimiter;
    private final int maxBytes;
    private final CSVFormat format;
    private CsvColumns columns;

    /** Lines before this one, from the record last tried on, are known to leave an open quote open. */
    private long openUpTo;

    /** Lines before this one belong to a record that did not fit the header: a stray quote marks its tail. */
    private long tailUpTo;

    CsvRecords(LineReader reader, char delimiter, int maxBytes) {
        this.lines = new LinesAhead(reader, delimiter);
        this.delimiter = delimiter;
        this.maxBytes = maxBytes;
        this.format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
    }

    /** From now on records are held against this header. */
    void expect(CsvColumns header) {
        columns = header;
    }

    /** The next record, or null at the end. */
    Found next() throws IOException {
        lines.dropBlank();
        LinesAhead.Ahead first = lines.get(lines.head());
        if (first == null) {
            return null;
        }
        if (first.line().cut()) {
            lines.drop(1);
            return new Found.TooLong(first.line());
        }
        QuoteScan scan = QuoteScan.of(first.text(), delimiter, false);
        return switch (scan.end()) {
            case BROKEN -> unbalanced(first, scan);
            case COMPLETE -> single(first, scan);
            case OPEN -> several(first, scan);
        };
    }

    private Found single(LinesAhead.Ahead first, QuoteScan scan) {
        int count = scan.delimiters() + 1;
        if (scan.stray() && lines.head() < tailUpTo) {
            return unbalanced(first, scan);
        }
        if (columns != null && count > columns.size()) {
            lines.drop(1);
            String message = count + " values where the header names " + columns.size() + ": quote texts that hold "
                    + (delimiter == ',' ? "commas" : delimiter == ';' ? "semicolons" : "tabs");
            return new Found.Fault(first.line().raw(), new NoteRejection(Reason.WRONG_COLUMNS, null, message));
        }
        return parsed(first, scan, first.text(), first.line().raw(), 1);
    }

    private Found several(LinesAhead.Ahead first, QuoteScan scan) throws IOException {
        long head = lines.head();
        long last = lastLineFrom(head, first);
        if (last < 0) {
            return unbalanced(first, scan);
        }
        int count = 1 + scan.delimiters() + lines.delimiters(head, last);
        if (columns != null && count != columns.size()) {
            tailUpTo = last + 1;
            return unbalanced(first, scan);
        }
        RawRecord raw = joined(head, last);
        return parsed(first, scan, raw.bytes().lenientUtf8(), raw, (int) (last - head + 1));
    }

    /** The line where the quote that is open after the first line closes, and the record with it; else -1. */
    private long lastLineFrom(long head, LinesAhead.Ahead first) throws IOException {
        if (openUpTo <= head) {
            lines.startCounting(head);
            openUpTo = head + 1;
        }
        while (true) {
            LinesAhead.Ahead line = fits(openUpTo, head, first) ? lines.get(openUpTo) : null;
            if (line == null || line.line().cut() || line.inside().end() == End.BROKEN || !holds(line, first)) {
                return -1;
            }
            lines.count(openUpTo);
            if (line.inside().end() == End.COMPLETE) {
                return openUpTo;
            }
            openUpTo++;
        }
    }

    private boolean fits(long line, long head, LinesAhead.Ahead first) throws IOException {
        return line - head < MAX_LINES && holds(lines.get(line - 1), first);
    }

    private boolean holds(LinesAhead.Ahead line, LinesAhead.Ahead first) {
        return line.line().offset() + line.line().length() - first.line().offset() <= maxBytes;
    }

    private RawRecord joined(long from, long to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long i = from; i <= to; i++) {
            Line line = lines.get(i).line();
            bytes.writeBytes(line.bytes().toArray());
            if (i < to) {
                bytes.writeBytes(line.ending().getBytes(StandardCharsets.US_ASCII));
            }
        }
        Line first = lines.get(from).line();
        return new RawRecord(Bytes.of(bytes.toByteArray()), first.number(), first.offset());
    }

    private Found parsed(LinesAhead.Ahead first, QuoteScan scan, String text, RawRecord raw, int count) {
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(format)
                .get()) {
            List<String> values = new ArrayList<>();
            parser.iterator().next().forEach(values::add);
            lines.drop(count);
            return new Found.Values(raw, values);
        } catch (IOException | UncheckedIOException e) {
            return unbalanced(first, scan);
        }
    }

    private Found unbalanced(LinesAhead.Ahead first, QuoteScan scan) {
        lines.drop(1);
        String field = columns == null || scan.delimiters() >= columns.size() ? null : columns.name(scan.delimiters());
        String message = "the quotes of " + (field == null ? "the line" : "field '" + field + "'")
                + " do not balance: close the value with a quote and double every quote within it";
        return new Found.Fault(first.line().raw(), new NoteRejection(Reason.UNBALANCED_QUOTES, field, message));
    }
}
