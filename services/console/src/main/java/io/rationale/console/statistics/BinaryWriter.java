package io.rationale.console.statistics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the compact form of keys and values in stores; {@link BinaryReader} reads it. Used by one thread. */
final class BinaryWriter {
    private static final int TYPICAL = 160;

    private byte[] bytes = new byte[TYPICAL];
    private int length;

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    BinaryWriter octet(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /** Eight bytes whose unsigned order is that of the numbers. */
    BinaryWriter ordered(long value) {
        return eight(value ^ Long.MIN_VALUE);
    }

    BinaryWriter number(double value) {
        return eight(Double.doubleToRawLongBits(value));
    }

    private BinaryWriter eight(long value) {
        room(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** A natural number: seven bits a byte, the lowest first. */
    BinaryWriter size(int value) {
        return unsigned(value & 0xffffffffL);
    }

    /** Any number, small ones of either sign in few bytes. */
    BinaryWriter signed(long value) {
        return unsigned((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    private BinaryWriter unsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** A text, or null. */
    BinaryWriter text(String value) {
        if (value == null) {
            return size(0);
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        size(utf8.length + 1);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return this;
    }
}
