package io.rationale.console.statistics;

import java.nio.charset.StandardCharsets;

/** Reads what {@link BinaryWriter} wrote. Used by one thread. */
final class BinaryReader {
    private final byte[] bytes;
    private int at;

    BinaryReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int octet() {
        return bytes[at++];
    }

    /**
     * Passes over the first byte.
     *
     * @throws IllegalStateException when it is another one: a newer version of this program wrote the store
     */
    BinaryReader expect(int version) {
        int found = octet();
        if (found != version) {
            throw new IllegalStateException("A store holds a record of format " + found + ", and this program knows "
                    + version + ": run the program that wrote it, or count anew under another application id.");
        }
        return this;
    }

    long ordered() {
        return eight() ^ Long.MIN_VALUE;
    }

    double number() {
        return Double.longBitsToDouble(eight());
    }

    private long eight() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | bytes[at++] & 0xff;
        }
        return value;
    }

    int size() {
        return (int) unsigned();
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    private long unsigned() {
        long value = 0;
        int shift = 0;
        while (true) {
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    String text() {
        int length = size() - 1;
        if (length < 0) {
            return null;
        }
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }
}
