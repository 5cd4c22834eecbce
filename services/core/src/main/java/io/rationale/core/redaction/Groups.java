package io.rationale.core.redaction;

import static io.rationale.core.redaction.Letters.isDigit;
import static io.rationale.core.redaction.Letters.isWord;

/** Groups of digits with short separators between them, from one place of a text on. */
final class Groups {
    private static final int LONGEST_SEPARATOR = 3;

    private final Plain text;
    private final int[] starts;
    private final int[] ends;
    private final char[] separators;
    private int count;

    private Groups(Plain text, int most) {
        this.text = text;
        this.starts = new int[most];
        this.ends = new int[most];
        this.separators = new char[most];
    }

    /**
     * Reads groups.
     *
     * @param start      where the first digit stands
     * @param mostGroups and digits: no more are read
     * @param signs      what may stand between two groups: a space, or one of the signs with or without spaces around
     */
    static Groups at(Plain text, int start, int mostGroups, int mostDigits, String signs) {
        Groups groups = new Groups(text, mostGroups);
        int digits = 0;
        int at = start;
        char separator = 0;
        while (groups.count < mostGroups && digits < mostDigits && isDigit(text.at(at))) {
            int end = at;
            // One group is never longer than what counts, and its end is known.
            while (isDigit(text.at(end))) {
                end++;
            }
            groups.add(at, end, separator);
            digits += end - at;
            int next = end;
            separator = 0;
            while (next < end + LONGEST_SEPARATOR && signs.indexOf(text.at(next)) >= 0) {
                char sign = text.at(next++);
                if (sign != ' ' && separator != 0 && separator != ' ') {
                    return groups;
                }
                separator = separator == 0 || sign != ' ' ? sign : separator;
            }
            if (next == end) {
                break;
            }
            at = next;
        }
        return groups;
    }

    private void add(int start, int end, char separator) {
        starts[count] = start;
        ends[count] = end;
        separators[count++] = separator;
    }

    int count() {
        return count;
    }

    int start(int group) {
        return starts[group];
    }

    int end(int group) {
        return ends[group];
    }

    int length(int group) {
        return ends[group] - starts[group];
    }

    /** Before that group; 0 before the first one. */
    char separator(int group) {
        return separators[group];
    }

    /** Of the first groups together. */
    int digitCount(int groups) {
        int digits = 0;
        for (int i = 0; i < groups; i++) {
            digits += length(i);
        }
        return digits;
    }

    /** The digits of the first groups. */
    String digits(int groups) {
        StringBuilder digits = new StringBuilder(20);
        for (int i = 0; i < groups; i++) {
            digits.append(text.chars(), starts[i], length(i));
        }
        return digits.toString();
    }

    /** Whether the first groups are no beginning of a longer word or number. */
    boolean endsWell(int groups) {
        return endsWell(text, ends[groups - 1]);
    }

    static boolean endsWell(Plain text, int end) {
        char after = text.at(end);
        char next = text.at(end + 1);
        return !isWord(after)
                && !((after == '.' || after == ',' || after == ':') && isDigit(next))
                && !(after == '_' && isWord(next));
    }
}
