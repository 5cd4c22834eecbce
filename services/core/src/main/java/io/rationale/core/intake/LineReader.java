package io.rationale.core.intake;

import io.rationale.core.json.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Physical lines, ended by LF, CR LF or a lone CR, in memory bounded by the longest line allowed: of a longer one only
 * the beginning is kept and the rest is counted. Not thread safe.
 */
final class LineReader {
    /** How much of a record that is too long stays in its dead letter, in the file's bytes. */
    static final int KEPT_BYTES = 64 * 1024;

    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    private final TextEncoding encoding;
    private final int maxBytes;
    private final byte[] chunk = new byte[CHUNK];
    private int next;
    private int end;

    private byte[] line = new byte[1024];
    private int size;
    private boolean cut;
    private long number;
    private long offset;

    /**
     * @param in       the text in UTF-8 form, after any byte order mark
     * @param offset   where it begins in the file
     * @param maxBytes the longest line kept whole, in UTF-8 form
     */
    LineReader(InputStream in, TextEncoding encoding, long offset, int maxBytes) {
        this.in = in;
        this.encoding = encoding;
        this.offset = offset;
        this.maxBytes = maxBytes;
    }

    int maxBytes() {
        return maxBytes;
    }

    /** The next line, or null at the end; a file's last line end begins no further line. */
    Line next() throws IOException {
        size = 0;
        cut = false;
        long length = 0;
        int value = read();
        if (value < 0) {
            return null;
        }
        while (value >= 0 && value != '\n' && value != '\r') {
            length += encoding.width(value);
            keep((byte) value);
            value = read();
        }
        String ending = endingAfter(value);
        Line read = new Line(Bytes.of(Arrays.copyOf(line, size)), ending, ++number, offset, length, cut);
        offset += length + (long) ending.length() * encoding.width('\n');
        return read;
    }

    private String endingAfter(int value) throws IOException {
        if (value == '\r' && peek() == '\n') {
            read();
            return "\r\n";
        }
        return value == '\r' ? "\r" : value == '\n' ? "\n" : "";
    }

    private void keep(byte value) {
        if (cut) {
            return;
        }
        if (size == maxBytes) {
            cut = true;
            size = Math.min(size, KEPT_BYTES / encoding.width('\n'));
            line = Arrays.copyOf(line, size);
            return;
        }
        if (size == line.length) {
            line = Arrays.copyOf(line, (int) Math.min(maxBytes, 2L * size + 1024));
        }
        line[size++] = value;
    }

    private int read() throws IOException {
        int value = peek();
        next++;
        return value;
    }

    private int peek() throws IOException {
        if (next >= end) {
            next = 0;
            end = Math.max(0, in.read(chunk));
            if (end == 0) {
                return -1;
            }
        }
        return chunk[next] & 0xFF;
    }
}
