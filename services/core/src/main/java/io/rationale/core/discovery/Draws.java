package io.rationale.core.discovery;

import java.nio.charset.StandardCharsets;
import org.apache.lucene.util.StringHelper;

/** Lots that hang on a seed and on what they are drawn for, so that no order of arrival changes them. */
final class Draws {
    private static final int SECOND_HALF = 0x9E3779B9;
    private static final double TO_UNIT = 0x1.0p-53;

    private Draws() {}

    /** A number that looks random; equal for equal seeds and names. */
    static long lot(long seed, String name) {
        byte[] bytes = (seed + " " + name).getBytes(StandardCharsets.UTF_8);
        long high = StringHelper.murmurhash3_x86_32(bytes, 0, bytes.length, 0);
        long low = StringHelper.murmurhash3_x86_32(bytes, 0, bytes.length, SECOND_HALF);
        return high << Integer.SIZE | low & 0xFFFF_FFFFL;
    }

    /** The lot as a number above 0 and at most 1. */
    static double unit(long seed, String name) {
        return ((lot(seed, name) >>> 11) + 1) * TO_UNIT;
    }
}
