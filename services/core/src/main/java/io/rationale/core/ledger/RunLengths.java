package io.rationale.core.ledger;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;

/** Lengths of alternating runs, each 1 or more, as variable-length integers (LEB128) in Base64, behind a version. */
final class RunLengths {
    private static final String VERSION = "r1:";
    private static final long[] NONE = {};
    /** No run in a log is longer; the sum of all stays far from overflow. */
    private static final int MAX_BITS = 49;

    private RunLengths() {}

    static String encode(long[] lengths) {
        if (lengths.length == 0) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * lengths.length);
        for (long length : lengths) {
            long rest = length;
            while (rest > 0x7F) {
                bytes.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** Foreign or damaged metadata says nothing about runs. */
    static long[] decode(String metadata) {
        if (metadata == null || !metadata.startsWith(VERSION)) {
            return NONE;
        }
        try {
            long[] lengths = lengths(Base64.getUrlDecoder().decode(metadata.substring(VERSION.length())));
            return lengths.length % 2 == 0 ? lengths : NONE;
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }

    private static long[] lengths(byte[] bytes) {
        long[] lengths = new long[bytes.length];
        int used = 0;
        int shift = 0;
        long length = 0;
        for (byte each : bytes) {
            if (shift >= MAX_BITS) {
                return NONE;
            }
            length |= (long) (each & 0x7F) << shift;
            shift += 7;
            if (each >= 0) {
                if (length == 0) {
                    return NONE;
                }
                lengths[used++] = length;
                length = 0;
                shift = 0;
            }
        }
        return shift == 0 ? Arrays.copyOf(lengths, used) : NONE;
    }
}
