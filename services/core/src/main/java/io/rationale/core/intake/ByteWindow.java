package io.rationale.core.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Bytes of a stream from a mark on, which can be read again. Knows the mark's line and place in the file. Memory is
 * what was read since the mark, plus a chunk. Not thread safe.
 */
final class ByteWindow {
    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    private final TextEncoding encoding;
    private byte[] buffer = new byte[2 * CHUNK];
    private int mark;
    private int next;
    private int end;
    private long line = 1;
    private long offset;
    private boolean afterCr;

    ByteWindow(InputStream in, TextEncoding encoding, long offset) {
        this.in = in;
        this.encoding = encoding;
        this.offset = offset;
    }

    /** The next byte, or -1 at the end. */
    int read() throws IOException {
        if (next == end && !fill()) {
            return -1;
        }
        return buffer[next++] & 0xFF;
    }

    /** How many bytes were read since the mark. */
    int taken() {
        return next - mark;
    }

    /** Goes back or forth to this many bytes after the mark; they have been read before. */
    void seek(int taken) {
        next = mark + taken;
    }

    /** The bytes from the mark on. */
    byte[] bytes(int length) {
        return Arrays.copyOfRange(buffer, mark, mark + length);
    }

    /** Moves the mark to the next byte. */
    void release() {
        for (; mark < next; mark++) {
            byte value = buffer[mark];
            if (value == '\r' || value == '\n' && !afterCr) {
                line++;
            }
            afterCr = value == '\r';
            offset += encoding.width(value);
        }
    }

    /** The mark's line, from 1. */
    long line() {
        return line;
    }

    /** The mark's place in the file, from 0. */
    long offset() {
        return offset;
    }

    /** How much of something too long is kept, in UTF-8 form. */
    int keptBytes() {
        return LineReader.KEPT_BYTES / encoding.width('\n');
    }

    private boolean fill() throws IOException {
        if (mark > 0) {
            System.arraycopy(buffer, mark, buffer, 0, end - mark);
            next -= mark;
            end -= mark;
            mark = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = in.read(buffer, end, Math.min(CHUNK, buffer.length - end));
        end += Math.max(0, count);
        return count > 0;
    }
}
