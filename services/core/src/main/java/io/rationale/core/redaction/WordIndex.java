package io.rationale.core.redaction;

import static io.rationale.core.redaction.Letters.isDigit;
import static io.rationale.core.redaction.Letters.isUnspaced;
import static io.rationale.core.redaction.Letters.isWord;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;

/**
 * Words and phrases, looked up in one pass whatever their number: a tree of hashes of words, 64 bits each, so that a text
 * costs some nanoseconds a character with ten words as with a million. Upper and lower case are the same. In scripts that
 * are written without spaces each character is a word. Thread safe.
 */
final class WordIndex {
    private static final int ROOT = 1;
    private static final int MOST_GAP = 3;
    private static final long SEED = 0xcbf29ce484222325L;

    private long[] keys = new long[1 << 8];
    private int[] nodes = new int[1 << 8];
    private boolean[] isEnd = new boolean[1 << 8];
    private int used;
    private int lastNode = ROOT;

    private WordIndex() {}

    static WordIndex of(String... entries) {
        return of(List.of(entries));
    }

    /** @param entries those without a letter or digit are left out */
    static WordIndex of(List<String> entries) {
        WordIndex index = new WordIndex();
        entries.forEach(index::add);
        return index;
    }

    /** The entries of a resource beside this class; lines that begin with # say what follows. */
    static WordIndex read(String resource) {
        try (InputStream in = WordIndex.class.getResourceAsStream(resource)) {
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String entry) {
        Plain text = Plain.of(Normalizer.normalize(entry, Normalizer.Form.NFC), true);
        int node = ROOT;
        int at = nextWord(text, 0, text.length());
        while (at < text.length()) {
            int end = endOfWord(text, at);
            node = childOrNew(node, hash(text, at, end));
            at = nextWord(text, end, text.length());
        }
        if (node != ROOT) {
            isEnd[node] = true;
        }
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** Is told where an entry stands. */
    @FunctionalInterface
    interface Hit {
        void at(int start, int end);
    }

    /** Tells of every entry in the text, the longest where several begin; they do not overlap. */
    void find(Plain text, Hit hit) {
        find(text, 0, text.length(), hit);
    }

    private void find(Plain text, int from, int to, Hit hit) {
        int at = nextWord(text, from, to);
        while (at < to) {
            int end = endOfWord(text, at);
            int node = child(ROOT, hash(text, at, end));
            int longest = node == 0 ? -1 : longest(text, node, end);
            if (longest > 0) {
                hit.at(at, longest);
                end = longest;
            }
            at = nextWord(text, end, to);
        }
    }

    private int longest(Plain text, int first, int end) {
        int node = first;
        int longest = isEnd[node] ? end : -1;
        int at = end;
        while (true) {
            int next = nextWord(text, at, Math.min(text.length(), at + MOST_GAP + 1));
            if (next >= text.length() || next > at + MOST_GAP || !isJoined(text, at, next)) {
                return longest;
            }
            at = endOfWord(text, next);
            node = child(node, hash(text, next, at));
            if (node == 0) {
                return longest;
            }
            if (isEnd[node]) {
                longest = at;
            }
        }
    }

    /** Whether words on both sides may be of one phrase. */
    private static boolean isJoined(Plain text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.at(i);
            if (!Character.isWhitespace(c) && c != '-' && c != '\'' && c != '.' && c != '_' && c != '(' && c != ')') {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether an entry stands in the characters before a place, on the same line.
     *
     * @param reach so many characters
     * @param place where they end
     */
    boolean isNear(Plain text, int place, int reach, int to) {
        int from = Math.max(0, place - reach);
        for (int i = place - 1; i >= from; i--) {
            if (text.at(i) == '\n') {
                from = i + 1;
            }
        }
        while (from > 0 && from < place && isWord(text.at(from)) && isWord(text.at(from - 1))) {
            from++;
        }
        boolean[] isFound = {false};
        find(text, from, to, (start, end) -> isFound[0] = true);
        return isFound[0];
    }

    private static int nextWord(Plain text, int from, int to) {
        int at = from;
        while (at < to && !isWord(text.at(at)) && !isUnspaced(text.at(at))) {
            at++;
        }
        return at;
    }

    private static int endOfWord(Plain text, int start) {
        if (isUnspaced(text.at(start))) {
            return start + 1;
        }
        int end = start;
        while (end < text.length() && isWord(text.at(end))) {
            end++;
        }
        return end;
    }

    private static long hash(Plain text, int start, int end) {
        char[] chars = text.chars();
        long hash = SEED;
        for (int i = start; i < end; i++) {
            char c = chars[i];
            if (c >= 0x300 && (c < 0x370 || Character.getType(c) == Character.NON_SPACING_MARK)) {
                return hash(Normalizer.normalize(text.string(start, end), Normalizer.Form.NFC));
            }
            hash = c == 'ß' || c == 'ẞ' ? with(with(hash, 's'), 's') : with(hash, Letters.fold(c));
        }
        return mixed(hash);
    }

    private static long hash(String composed) {
        long hash = SEED;
        for (int i = 0; i < composed.length(); i++) {
            hash = with(hash, Letters.fold(composed.charAt(i)));
        }
        return mixed(hash);
    }

    private static long with(long hash, char c) {
        return (hash ^ c) * 0x100000001b3L;
    }

    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    /** @return 0 where there is none */
    private int child(int node, long word) {
        long key = key(node, word);
        int slot = (int) key & keys.length - 1;
        while (nodes[slot] != 0) {
            if (keys[slot] == key) {
                return nodes[slot];
            }
            slot = slot + 1 & keys.length - 1;
        }
        return 0;
    }

    private int childOrNew(int node, long word) {
        int known = child(node, word);
        if (known != 0) {
            return known;
        }
        if (2 * used >= keys.length) {
            grow();
        }
        put(key(node, word), ++lastNode);
        used++;
        if (lastNode >= isEnd.length) {
            isEnd = Arrays.copyOf(isEnd, 2 * isEnd.length);
        }
        return lastNode;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNodes = nodes;
        keys = new long[2 * oldKeys.length];
        nodes = new int[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNodes[i] != 0) {
                put(oldKeys[i], oldNodes[i]);
            }
        }
    }

    private void put(long key, int node) {
        int slot = (int) key & keys.length - 1;
        while (nodes[slot] != 0) {
            slot = slot + 1 & keys.length - 1;
        }
        keys[slot] = key;
        nodes[slot] = node;
    }

    private static long key(int node, long word) {
        return mixed(word + node * 0xD1B54A32D192ED03L);
    }

    /** The last words before a place, at most so many, in lower case; the nearest first. A digit ends them. */
    static String[] wordsBefore(Plain text, int place, int most, int reach) {
        String[] words = new String[most];
        int count = 0;
        int at = place;
        int from = Math.max(0, place - reach);
        while (count < most && at > from) {
            int end = at;
            while (end > from && !isWord(text.at(end - 1)) && text.at(end - 1) != '\n') {
                end--;
            }
            int start = end;
            while (start > from && isWord(text.at(start - 1))) {
                start--;
            }
            if (start == end || isDigit(text.at(end - 1))) {
                break;
            }
            words[count++] = text.string(start, end).toLowerCase(java.util.Locale.ROOT);
            at = start;
        }
        return Arrays.copyOf(words, count);
    }
}
