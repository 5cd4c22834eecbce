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

    /** Who is told of the events. */
    interface Sink {
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
    /** The data of the open event, or null while it has none; almost always one line. */
    private String data;

    /** Further lines of data are gathered here. */
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
        if (text.startsWith("data: ")) {
            data(text.substring("data: ".length()));
            return;
        }
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
        if (data == null) {
            data = value;
        } else {
            lines = lines == null ? new StringBuilder(data) : lines;
            lines.append('\n').append(value);
            tooLong |= lines.length() > LONGEST;
        }
    }

    private void dispatch() {
        String name = type;
        String complete = lines == null ? data : lines.toString();
        type = "";
        data = null;
        lines = null;
        if (complete != null && !tooLong) {
            sink.event(name, complete);
        }
    }
}
