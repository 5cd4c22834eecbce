package io.rationale.console.statistics;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;

/** Writes JSON piece by piece, for the few values that are written very often. Used by one thread. */
final class JsonText {
    private static final int ROOM = 320;

    private byte[] bytes;
    private int length;

    /** Begins with the first bytes of what was written before. */
    JsonText(byte[] begun, int used) {
        bytes = Arrays.copyOf(begun, used + ROOM);
        length = used;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** ASCII that is JSON already. */
    @SuppressWarnings("deprecation") // the only copy without encoding, and ASCII needs none
    JsonText raw(String ascii) {
        room(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
        return this;
    }

    /** A string in quotes. */
    JsonText text(String value) {
        byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(value);
        raw("\"");
        room(escaped.length);
        System.arraycopy(escaped, 0, bytes, length, escaped.length);
        length += escaped.length;
        return raw("\"");
    }

    JsonText number(long value) {
        return raw(Long.toString(value));
    }

    /** A finite number. */
    JsonText number(double value) {
        long whole = (long) value;
        return raw(whole == value ? Long.toString(whole) : Double.toString(value));
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
