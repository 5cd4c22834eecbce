package io.rationale.core.r1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts bytes, as they arrive, into the events of a stream by the
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">standard</a>: any line end, any chunk
 * boundary, comments, several lines of data; bytes that are not UTF-8 become U+FFFD. What stands after the last blank
 * line is an event, too, because servers forget that line.
 */
final class SseReader {
    /** Longer than any line or event of any server. */
    static final int LONGEST = 4 * 1024 * 1024;

    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final int NONE = -1;

    /** Who is told of the events. */
    interface Sink {
        /**
         * An event whose data is one line, before that becomes text.
         *
         * @return whether it is read by that, so that it does not come as an {@link #event}, too
         */
        boolean read(String type, byte[] data, int from, int to);

        /** @param type the event's name, empty where it has none */
        void event(String type, String data);

        /** A line that is none of an event: a body that is no stream consists of these. */
        void other(String line);
    }

    private final Sink sink;
    private byte[] line = new byte[512];
    private int length;
    private boolean afterCarriageReturn;
    private boolean atStart = true;
    private boolean tooLong;
    private String type = "";
    /** The line with the first data of the open event, as it came: almost always there is no other. */
    private byte[] first = new byte[512];
    /** Of that line, or {@link #NONE} while there is none. */
    private int firstLength = NONE;

    /** All lines of data, where there is more than one or the first is no plain one. */
    private StringBuilder lines;

    SseReader(Sink sink) {
        this.sink = sink;
    }

    void feed(byte[] bytes, int offset, int count) {
        int end = offset + count;
        for (int i = offset; i < end && !tooLong; i++) {
            int start = i;
            while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
                i++;
            }
            append(bytes, start, i - start);
            if (i < end) {
                boolean secondOfPair = bytes[i] == '\n' && afterCarriageReturn;
                afterCarriageReturn = bytes[i] == '\r';
                if (!secondOfPair && !tooLong) {
                    endLine();
                }
            }
        }
    }

    /** No more bytes will come. */
    void end() {
        if (!tooLong) {
            endLine();
            dispatch();
        }
    }

    /** Whether a line or an event was longer than {@link #LONGEST}; nothing was read from there on. */
    boolean tooLong() {
        return tooLong;
    }

    /** Bytes of a line that has not ended yet and will be none of an event. */
    int otherPending() {
        return length > 0 && (line[0] == '{' || line[0] == '[') ? length : 0;
    }

    private void append(byte[] bytes, int start, int count) {
        if (count == 0) {
            return;
        }
        afterCarriageReturn = false;
        tooLong |= length + count > LONGEST;
        int taken = Math.min(count, LONGEST - length);
        if (length + taken > line.length) {
            line = Arrays.copyOf(line, Math.min(LONGEST, Math.max(2 * line.length, length + taken)));
        }
        System.arraycopy(bytes, start, line, length, taken);
        length += taken;
    }

    private void endLine() {
        if (length == 0) {
            atStart = false;
            dispatch();
        } else if (!atStart && lines == null && firstLength == NONE && isData()) {
            byte[] free = first;
            first = line;
            firstLength = length;
            line = free;
            length = 0;
        } else {
            endTextLine();
        }
    }

    private boolean isData() {
        return length >= DATA.length && Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length);
    }

    private void endTextLine() {
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        length = 0;
        if (atStart && text.startsWith("\ufeff")) {
            text = text.substring(1);
        }
        atStart = false;
        if (text.isEmpty()) {
            dispatch();
        } else if (text.charAt(0) != ':') {
            field(text);
        }
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        switch (name) {
            case "data" -> data(value(text, colon));
            case "event" -> type = value(text, colon);
            // No field of the standard: llama-server's way until September 2025.
            case "error" -> sink.event("error", value(text, colon));
            case "id", "retry" -> {
                // for clients that reconnect
            }
            default -> sink.other(text);
        }
    }

    private static String value(String text, int colon) {
        int start = colon < 0 ? text.length() : colon + 1;
        return text.substring(text.startsWith(" ", start) ? start + 1 : start);
    }

    private void data(String value) {
        if (lines != null) {
            lines.append('\n').append(value);
        } else if (firstLength != NONE) {
            lines = new StringBuilder(firstData()).append('\n').append(value);
        } else {
            lines = new StringBuilder(value);
        }
        tooLong |= lines.length() > LONGEST;
    }

    private String firstData() {
        return new String(first, DATA.length, firstLength - DATA.length, StandardCharsets.UTF_8);
    }

    private void dispatch() {
        if (!tooLong) {
            if (lines != null) {
                sink.event(type, lines.toString());
            } else if (firstLength != NONE && !sink.read(type, first, DATA.length, firstLength)) {
                sink.event(type, firstData());
            }
        }
        type = "";
        lines = null;
        firstLength = NONE;
    }
}
