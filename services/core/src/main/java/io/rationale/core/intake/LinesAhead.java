package io.rationale.core.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines read ahead while a record's end is looked for, each scanned at most once however many records are tried on
 * it. Lines are addressed by their place in the file, from 0. Not thread safe.
 */
final class LinesAhead {
    /** A line with what is known of it. */
    static final class Ahead {
        private final Line line;
        private final String text;
        private final char delimiter;
        private QuoteScan inside;
        /** Delimiters outside quotes from where counting started to the end of this line. */
        private int delimiters;

        private Ahead(Line line, char delimiter) {
            this.line = line;
            this.text = line.bytes().lenientUtf8();
            this.delimiter = delimiter;
        }

        Line line() {
            return line;
        }

        /** The line decoded leniently: a wrong byte spoils its record, not the assembly. */
        String text() {
            return text;
        }

        /** The line as it reads within a quoted value. */
        QuoteScan inside() {
            if (inside == null) {
                inside = QuoteScan.of(text, delimiter, true);
            }
            return inside;
        }
    }

    private final LineReader reader;
    private final char delimiter;
    private List<Ahead> ahead = new ArrayList<>();
    private int dropped;
    private long head;

    LinesAhead(LineReader reader, char delimiter) {
        this.reader = reader;
        this.delimiter = delimiter;
    }

    /** The place of the first line not dropped. */
    long head() {
        return head;
    }

    /** That line, read when it has to be; null when the file ends before it. */
    Ahead get(long place) throws IOException {
        int index = dropped + (int) (place - head);
        while (index >= ahead.size()) {
            Line line = reader.next();
            if (line == null) {
                return null;
            }
            ahead.add(new Ahead(line, delimiter));
        }
        return ahead.get(index);
    }

    /** Lets go of the first lines. */
    void drop(int count) {
        for (int i = 0; i < count; i++) {
            ahead.set(dropped + i, null);
        }
        dropped += count;
        head += count;
        if (2 * dropped >= ahead.size()) {
            ahead = new ArrayList<>(ahead.subList(dropped, ahead.size()));
            dropped = 0;
        }
    }

    /** Lets go of blank lines before the next record. */
    void dropBlank() throws IOException {
        Ahead first = get(head);
        while (first != null && first.line().isBlank()) {
            drop(1);
            first = get(head);
        }
    }

    /** Delimiters are counted from the end of this line. */
    void startCounting(long place) throws IOException {
        get(place).delimiters = 0;
    }

    /** Counts the delimiters of a line; the one before has been counted. */
    void count(long place) throws IOException {
        Ahead line = get(place);
        line.delimiters = get(place - 1).delimiters + line.inside().delimiters();
    }

    /** The delimiters in the lines after one up to another, both counted. */
    int delimiters(long after, long upTo) throws IOException {
        return get(upTo).delimiters - get(after).delimiters;
    }
}
