package io.rationale.core.ledger;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;

/**
 * Lengths of alternating runs from the watermark, each 1 or more: unfinished, finished, unfinished, … finished. Written
 * in whichever is shorter of two forms, in Base64 behind a version:
 *
 * <ul>
 *   <li>{@code r1:} the lengths as variable-length integers (LEB128), good for few runs of whatever length;
 *   <li>{@code b1:} a bit an offset, least significant first, set where it is finished, good for many runs close
 *       together.
 * </ul>
 */
final class LedgerMetadata {
    private static final String RUNS = "r1:";
    private static final String BITS = "b1:";
    private static final long[] NONE = {};
    /** No run in a log is longer; the sum of all stays far from overflow. */
    private static final int MAX_BITS = 49;

    private LedgerMetadata() {}

    /** How many bytes, before Base64, an encoding of so many characters holds. */
    static int bytesWithin(int characters) {
        return Math.max(0, characters - RUNS.length()) * 3 / 4;
    }

    /** Bytes of a length as a variable-length integer. */
    static int varintBytes(long length) {
        return (Long.SIZE - Long.numberOfLeadingZeros(length | 1) + 6) / 7;
    }

    static String encode(long[] lengths) {
        if (lengths.length == 0) {
            return "";
        }
        long span = Arrays.stream(lengths).sum();
        long runBytes = Arrays.stream(lengths).map(LedgerMetadata::varintBytes).sum();
        return runBytes <= (span + 7) / 8
                ? RUNS + base64(runs(lengths, (int) runBytes))
                : BITS + base64(bits(lengths, (int) span));
    }

    /** Foreign or damaged metadata says nothing about runs. */
    static long[] decode(String metadata) {
        try {
            if (metadata != null && metadata.startsWith(RUNS)) {
                return fromRuns(bytes(metadata));
            }
            if (metadata != null && metadata.startsWith(BITS)) {
                return fromBits(BitSet.valueOf(bytes(metadata)));
            }
        } catch (IllegalArgumentException e) {
            // No Base64: not ours.
        }
        return NONE;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String metadata) {
        return Base64.getUrlDecoder().decode(metadata.substring(RUNS.length()));
    }

    private static byte[] runs(long[] lengths, int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        for (long length : lengths) {
            long rest = length;
            while (rest > 0x7F) {
                bytes.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }
        return bytes.toByteArray();
    }

    private static byte[] bits(long[] lengths, int span) {
        BitSet bits = new BitSet(span);
        int at = 0;
        for (int i = 0; i < lengths.length; i += 2) {
            int from = at + (int) lengths[i];
            at = from + (int) lengths[i + 1];
            bits.set(from, at);
        }
        return bits.toByteArray();
    }

    private static long[] fromRuns(byte[] bytes) {
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
        return shift == 0 && used % 2 == 0 ? Arrays.copyOf(lengths, used) : NONE;
    }

    private static long[] fromBits(BitSet bits) {
        if (bits.get(0)) {
            return NONE;
        }
        long[] lengths = new long[bits.length() + 1];
        int used = 0;
        int at = 0;
        while (at < bits.length()) {
            int from = bits.nextSetBit(at);
            int to = bits.nextClearBit(from);
            lengths[used++] = from - at;
            lengths[used++] = to - from;
            at = to;
        }
        return Arrays.copyOf(lengths, used);
    }
}
