package io.rationale.core.intake;

import io.rationale.core.json.Bytes;
import io.rationale.core.note.NoteRejection;
import io.rationale.core.note.NoteRejection.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Splits a stream of JSON into its top-level elements: those of an array, or values one after another. What an element
 * means is left to others; only its end is found here, by {@link JsonScan}.
 *
 * <p>Where an element has no end (a lost quote or bracket), reading resumes at the next element that can be told for
 * sure: one that begins a line with the same indentation or, when elements follow one another within a line, after
 * {@code },}. Both are looked for from the fault on, not before, since an element may hold objects that look like
 * notes. Not thread safe.
 */
final class JsonElements {
    /** An element with an unescaped line break in a text ends soon after it, or a quote is missing. */
    private static final int SOON = 16 * 1024;

    /** How much may be read twice in all: reading stays linear in the file's size however damaged it is. */
    private static final long REREAD_BUDGET = 256L * 1024 * 1024;

    private final ByteWindow window;
    private final int maxBytes;
    private final Consumer<RawRecord> elements;
    private final BiConsumer<RawRecord, NoteRejection> faults;
    private final StringBuilder indent = new StringBuilder();
    private boolean lineStart = true;
    private boolean inArray;
    private long budget = REREAD_BUDGET;

    /**
     * @param maxBytes the longest element kept whole, in UTF-8 form
     * @param elements takes whole elements
     * @param faults   takes what is none
     */
    JsonElements(
            ByteWindow window,
            int maxBytes,
            Consumer<RawRecord> elements,
            BiConsumer<RawRecord, NoteRejection> faults) {
        this.window = window;
        this.maxBytes = maxBytes;
        this.elements = elements;
        this.faults = faults;
    }

    /** Reads to the end. @return whether there was anything but white space */
    boolean readAll() throws IOException {
        boolean any = false;
        for (int value = window.read(); value >= 0; value = window.read()) {
            boolean space = value == ' ' || value == '\t' || value == '\n' || value == '\r';
            any |= !space;
            if (space) {
                trackIndent(value);
                window.release();
            } else if (value == ',' || value == '[' && !inArray || value == ']' && inArray) {
                inArray = value == '[' || value == ',' && inArray;
                lineStart = false;
                window.release();
            } else {
                lineStart = element(value);
            }
        }
        return any;
    }

    private void trackIndent(int space) {
        if (space == '\n' || space == '\r') {
            lineStart = true;
            indent.setLength(0);
        } else if (lineStart && indent.length() < 256) {
            indent.append((char) space);
        }
    }

    /** Takes the element at the mark. @return whether the mark now stands where an element begins its line */
    private boolean element(int first) throws IOException {
        JsonScan scan = scanned();
        byte[] bytes = window.bytes(scan.length());
        if (scan.end() == JsonScan.End.WHOLE) {
            elements.accept(raw(bytes));
            window.release();
            return false;
        }
        int fault = JsonScan.faultIn(bytes);
        boolean onlyLineBreak = scan.end() == JsonScan.End.WHOLE_WITH_LINE_BREAK && fault < 0;
        if (onlyLineBreak) {
            reject(raw(bytes), Reason.NOT_JSON, "a text holds a line break: write it as \\n");
            window.release();
            return false;
        }
        if (scan.lineBreak() >= 0 || fault >= 0) {
            return resync(bytes, scan.lineBreak() >= 0 ? scan.lineBreak() : fault, first);
        }
        if (scan.length() >= maxBytes) {
            tooLong(bytes);
        } else {
            reject(raw(bytes), Reason.NOT_JSON, "the file ends within this element: it was cut off");
            window.release();
        }
        return false;
    }

    private JsonScan scanned() throws IOException {
        window.seek(0);
        return JsonScan.of(window, maxBytes, SOON);
    }

    /** Valid as far as it was kept: its end is found without keeping the rest. */
    private void tooLong(byte[] bytes) throws IOException {
        RawRecord kept = raw(Arrays.copyOf(bytes, Math.min(bytes.length, window.keptBytes())));
        window.seek(0);
        long length = JsonScan.skip(window);
        String message = "the element has " + length + " bytes, the limit is " + maxBytes + ": shorten it or split it";
        reject(kept, Reason.TOO_LONG, message);
    }

    /** Rejects what stands before the next sure beginning of an element and resumes there. */
    private boolean resync(byte[] scanned, int fault, int first) throws IOException {
        int from = lineEndBefore(scanned, Math.min(fault, scanned.length - 1));
        budget -= scanned.length - from;
        window.seek(budget < 0 ? scanned.length : from);
        String lead = (lineStart ? indent.toString() : "") + (char) first;
        NextElement next = new NextElement(window, lead, !lineStart);
        reject(
                next.find(maxBytes),
                Reason.NOT_JSON,
                "not valid JSON: a quote or a bracket is missing, or a text holds a line break not written as \\n");
        if (!lineStart) {
            indent.setLength(0);
        }
        return next.atLineStart();
    }

    /** The line end before a fault within these bytes, since the fault may be the next element; else the fault. */
    private static int lineEndBefore(byte[] bytes, int fault) {
        for (int i = fault; i > 0; i--) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                return i;
            }
        }
        return fault;
    }

    private void reject(RawRecord raw, Reason reason, String message) {
        faults.accept(raw, new NoteRejection(reason, null, message));
    }

    private RawRecord raw(byte[] bytes) {
        return new RawRecord(Bytes.of(bytes), window.line(), window.offset());
    }
}
