package io.rationale.core.intake;

import java.io.IOException;
import java.io.InputStream;

/** UTF-16 code units to the UTF-8 form of {@link TextEncoding}, as a stream. Not thread safe. */
final class Utf16Transcoder extends InputStream {
    private static final int CHUNK = 8192;

    private final InputStream in;
    private final boolean bigEndian;
    private final byte[] input = new byte[CHUNK];
    /** A code unit becomes at most three bytes; a surrogate and a dangling byte may be left over from before. */
    private final byte[] output = new byte[3 * CHUNK / 2 + 8];

    private int next;
    private int end;
    private int firstByte = -1;
    private char high;
    private boolean ended;

    Utf16Transcoder(InputStream in, boolean bigEndian) {
        this.in = in;
        this.bigEndian = bigEndian;
    }

    @Override
    public int read() throws IOException {
        return fill() ? output[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, end - next);
        System.arraycopy(output, next, target, offset, count);
        next += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        while (next == end && !ended) {
            next = 0;
            end = 0;
            int count = in.read(input);
            for (int i = 0; i < count; i++) {
                take(input[i] & 0xFF);
            }
            if (count < 0) {
                finish();
            }
        }
        return next < end;
    }

    private void take(int value) {
        if (firstByte < 0) {
            firstByte = value;
            return;
        }
        char unit = (char) (bigEndian ? firstByte << 8 | value : value << 8 | firstByte);
        firstByte = -1;
        if (high != 0 && Character.isLowSurrogate(unit)) {
            putPoint(Character.toCodePoint(high, unit));
            high = 0;
            return;
        }
        putLoneHigh();
        if (Character.isHighSurrogate(unit)) {
            high = unit;
        } else {
            putPoint(unit);
        }
    }

    private void finish() {
        ended = true;
        putLoneHigh();
        if (firstByte >= 0) {
            put(TextEncoding.DANGLING);
            put(0x80 | firstByte >> 4);
            put(0x80 | firstByte & 0x0F);
        }
    }

    private void putLoneHigh() {
        if (high != 0) {
            putPoint(high);
            high = 0;
        }
    }

    private void putPoint(int point) {
        if (point < 0x80) {
            put(point);
        } else if (point < 0x800) {
            put(0xC0 | point >> 6);
            put(0x80 | point & 0x3F);
        } else if (point < 0x10000) {
            put(0xE0 | point >> 12);
            put(0x80 | point >> 6 & 0x3F);
            put(0x80 | point & 0x3F);
        } else {
            put(0xF0 | point >> 18);
            put(0x80 | point >> 12 & 0x3F);
            put(0x80 | point >> 6 & 0x3F);
            put(0x80 | point & 0x3F);
        }
    }

    private void put(int value) {
        output[end++] = (byte) value;
    }
}
