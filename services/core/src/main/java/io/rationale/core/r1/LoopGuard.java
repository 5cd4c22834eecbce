package io.rationale.core.r1;

import java.util.Arrays;

/**
 * Notices while a text streams that the model repeats itself. A text is a loop when for hundreds of tokens nearly every
 * run of eight words has stood there at least twice before: that takes in exact repetition of one character up to
 * several paragraphs, and leaves alone enumerations whose items differ in a number or a name, a draft that is written
 * once more, and tables.
 *
 * <p>A repetition of up to 700 tokens is noticed within 2,000 tokens of its beginning. Holds about 80 KB for a long
 * text and 12 KB for a short one; not thread safe.
 */
public final class LoopGuard {
    /** Units in a shingle. */
    private static final int SHINGLE = 8;
    /** Longer runs are cut, so that text without any spaces is seen, too. */
    private static final int LONGEST_UNIT = 8;
    /** How many units back a shingle is remembered. */
    private static final int MEMORY = 6_000;

    private static final int SLOTS = 8_192;
    /** Enough for an ordinary thought about one note. */
    private static final int FIRST_SLOTS = 1_024;

    private static final int PROBES = 16;
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long BASE_TO_SHINGLE = power(BASE, SHINGLE);

    private enum Kind {
        NONE,
        WORD,
        /** A character of a script that writes no spaces: each is a unit. */
        SINGLE,
        OTHER
    }

    private final long[] units = new long[SHINGLE];
    private int[] prints = new int[FIRST_SLOTS];
    private int[] lastSeen = new int[FIRST_SLOTS];
    private byte[] counts = new byte[FIRST_SLOTS];
    private final RecentNovelty novelty = new RecentNovelty();

    private Kind kind = Kind.NONE;
    private long unit;
    private int unitLength;
    private char firstOfUnit;
    private long shingle;
    private int position;

    private final boolean watching;

    public LoopGuard() {
        this(true);
    }

    private LoopGuard(boolean watching) {
        this.watching = watching;
    }

    /** A guard that lets everything pass. */
    public static LoopGuard off() {
        return new LoopGuard(false);
    }

    /** Takes the next piece of the text. */
    public void add(CharSequence text) {
        add(text, 0, text.length());
    }

    /** Takes the next piece: the characters from {@code start} to before {@code end}. */
    public void add(CharSequence text, int start, int end) {
        for (int i = start; watching && i < end && !looping(); i++) {
            add(text.charAt(i));
        }
    }

    /** Whether the text is a loop; once it is, it remains one. */
    public boolean looping() {
        return novelty.exhausted();
    }

    /** Another text begins, which may say the same as the one before. */
    public void reset() {
        if (!looping()) {
            endUnit();
            Arrays.fill(counts, (byte) 0);
            Arrays.fill(units, 0);
            shingle = 0;
            position = 0;
            novelty.forget();
        }
    }

    private void add(char c) {
        Kind next = kindOf(c);
        if (next != kind || next == Kind.SINGLE || unitLength == LONGEST_UNIT) {
            endUnit();
            kind = next;
            firstOfUnit = c;
        }
        unit = unit * 31 + c + 1;
        unitLength++;
        novelty.advance(c);
    }

    /** A single space only separates. */
    private void endUnit() {
        if (unitLength > 1 || unitLength == 1 && firstOfUnit != ' ') {
            push(mixed(unit));
        }
        unit = 0;
        unitLength = 0;
    }

    private void push(long hash) {
        int at = position++ % SHINGLE;
        shingle = shingle * BASE + hash - units[at] * BASE_TO_SHINGLE;
        units[at] = hash;
        if (position >= SHINGLE) {
            remember((int) (mixed(shingle) >>> 32));
        }
    }

    private void remember(int print) {
        if (position > FIRST_SLOTS / 2 && counts.length == FIRST_SLOTS) {
            grow();
        }
        int slot = slotOf(print);
        boolean known = counts[slot] > 0 && prints[slot] == print && age(slot) <= MEMORY;
        novelty.saw(known ? counts[slot] : 0, known ? age(slot) : 0);
        counts[slot] = (byte) (known ? Math.min(counts[slot] + 1, 2) : 1);
        prints[slot] = print;
        lastSeen[slot] = position;
    }

    private void grow() {
        int[] oldPrints = prints;
        int[] oldLastSeen = lastSeen;
        byte[] oldCounts = counts;
        prints = new int[SLOTS];
        lastSeen = new int[SLOTS];
        counts = new byte[SLOTS];
        for (int old = 0; old < FIRST_SLOTS; old++) {
            if (oldCounts[old] > 0) {
                int slot = slotOf(oldPrints[old]);
                prints[slot] = oldPrints[old];
                lastSeen[slot] = oldLastSeen[old];
                counts[slot] = oldCounts[old];
            }
        }
    }

    /** Where the shingle stands, else where it may be put: in place of the one that is longest out of use. */
    private int slotOf(int print) {
        int mask = counts.length - 1;
        int oldest = print & mask;
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = print + probe & mask;
            if (counts[slot] == 0 || prints[slot] == print) {
                return slot;
            }
            oldest = age(slot) > age(oldest) ? slot : oldest;
        }
        return oldest;
    }

    private int age(int slot) {
        return position - lastSeen[slot];
    }

    private static Kind kindOf(char c) {
        if (c < 0x80) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ? Kind.WORD : Kind.OTHER;
        }
        if (!Character.isLetterOrDigit(c) && Character.getType(c) != Character.NON_SPACING_MARK) {
            return Kind.OTHER;
        }
        boolean withoutSpaces =
                c >= 0x2E80 || c >= 0x0E00 && c < 0x0F00 || c >= 0x1000 && c < 0x10A0 || c >= 0x1780 && c < 0x1800;
        return withoutSpaces ? Kind.SINGLE : Kind.WORD;
    }

    private static long mixed(long value) {
        long mixed = (value ^ value >>> 32) * 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 32;
    }

    private static long power(long base, int exponent) {
        return exponent == 0 ? 1 : base * power(base, exponent - 1);
    }
}
