package io.rationale.core.intake;

import io.rationale.core.json.Bytes;
import java.io.IOException;
import java.util.Arrays;

/** Looks for the element after a broken one. Memory is bounded: of a long stretch only the beginning is kept. */
final class NextElement {
    private final ByteWindow window;
    private final String lead;
    private final boolean withinLine;

    /** How much of the lead was met since the line began, or -1. */
    private int met = -1;
    /** How much of <code>},{</code> was met, white space aside. */
    private int between;

    private boolean atLineStart;

    /**
     * @param lead       what a line begins with where an element begins: indentation and the element's first byte
     * @param withinLine whether an element may begin within a line too
     */
    NextElement(ByteWindow window, String lead, boolean withinLine) {
        this.window = window;
        this.lead = lead;
        this.withinLine = withinLine;
    }

    /**
     * Reads on and leaves the window's mark at the next element or at the end.
     *
     * @return what stands before it; of more than {@code maxBytes} the beginning
     */
    RawRecord find(int maxBytes) throws IOException {
        RawRecord tooLong = null;
        for (int value = window.read(); value >= 0; value = window.read()) {
            if (begins(value)) {
                window.seek(window.taken() - 1);
                break;
            }
            if (tooLong != null) {
                window.release();
            } else if (window.taken() >= maxBytes) {
                tooLong = taken(window.keptBytes());
                window.release();
            }
        }
        RawRecord before = tooLong != null ? tooLong : taken(window.taken());
        window.release();
        return before;
    }

    /** Whether the element that was found begins its line. */
    boolean atLineStart() {
        return atLineStart;
    }

    private boolean begins(int value) {
        if (value == '\n' || value == '\r') {
            met = 0;
            return false;
        }
        met = met >= 0 && value == lead.charAt(met) ? met + 1 : -1;
        atLineStart = met == lead.length();
        return atLineStart || withinLine && beginsWithinLine(value);
    }

    private boolean beginsWithinLine(int value) {
        if (value == ' ' || value == '\t') {
            return false;
        }
        between = value == '}' ? 1 : between == 1 && value == ',' ? 2 : between == 2 && value == '{' ? 3 : 0;
        return between == 3;
    }

    private RawRecord taken(int length) {
        byte[] bytes = window.bytes(length);
        int end = length;
        while (end > 0 && bytes[end - 1] >= 0 && bytes[end - 1] <= ' ') {
            end--;
        }
        return new RawRecord(Bytes.of(Arrays.copyOf(bytes, end)), window.line(), window.offset());
    }
}
