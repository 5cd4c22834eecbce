package io.rationale.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON that is put together from large parts which are bytes already. Strings that are full of quotes themselves, as raw
 * responses are, go in several times as fast as through a generator. Not thread safe.
 */
public final class JsonBuffer {
    /** What follows the backslash, by byte; {@link #BY_NUMBER} for controls without a letter. */
    private static final byte[] LETTERS = letters();
    /** By byte: 1 where a backslash comes before it, else 0. */
    private static final byte[] BACKSLASHES = backslashes();

    private static final byte BY_NUMBER = 0;
    private static final int LONGEST_ESCAPE = 6;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    /** @param expected bytes of the whole; it grows where that is too few */
    public JsonBuffer(int expected) {
        bytes = new byte[expected];
    }

    /** Appends JSON as it is. */
    public JsonBuffer append(byte[] json, int from, int to) {
        makeRoom(to - from);
        System.arraycopy(json, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    /** Appends JSON as it is. */
    public JsonBuffer append(byte[] json) {
        return append(json, 0, json.length);
    }

    /** Appends JSON as it is. */
    public JsonBuffer append(String json) {
        return append(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends valid UTF-8 as the inside of a string: quotes, backslashes and controls are escaped. */
    public JsonBuffer appendInside(Bytes utf8) {
        return appendInside(utf8.array(), 0, utf8.size());
    }

    JsonBuffer appendInside(byte[] utf8, int from, int to) {
        int done = from;
        while (done < to) {
            // One byte in four is escaped at most, as a rule, and otherwise there is another round.
            makeRoom((to - done) / 4 + to - done + LONGEST_ESCAPE);
            done = escape(utf8, done, to);
        }
        return this;
    }

    /** Escapes while there is room; where it stopped. Without a branch for each byte, which nothing could predict. */
    private int escape(byte[] utf8, int from, int to) {
        byte[] into = bytes;
        int room = into.length - LONGEST_ESCAPE;
        int at = length;
        int i = from;
        while (i < to && at <= room) {
            int each = utf8[i++] & 0xff;
            byte letter = LETTERS[each];
            into[at] = '\\';
            at += BACKSLASHES[each];
            into[at++] = letter;
            if (letter == BY_NUMBER) {
                into[at - 1] = 'u';
                into[at++] = '0';
                into[at++] = '0';
                into[at++] = HEX[each >> 4];
                into[at++] = HEX[each & 0xf];
            }
        }
        length = at;
        return i;
    }

    private void makeRoom(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, length + length / 2));
        }
    }

    /** A copy of what was appended. */
    public byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** What was appended; nothing can be appended any more. */
    public Bytes written() {
        byte[] whole = bytes.length == length ? bytes : toArray();
        bytes = null;
        return Bytes.owned(whole);
    }

    private static byte[] letters() {
        byte[] letters = new byte[256];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = i < ' ' ? BY_NUMBER : (byte) i;
        }
        letters['\b'] = 'b';
        letters['\t'] = 't';
        letters['\n'] = 'n';
        letters['\f'] = 'f';
        letters['\r'] = 'r';
        return letters;
    }

    private static byte[] backslashes() {
        byte[] backslashes = new byte[256];
        Arrays.fill(backslashes, 0, ' ', (byte) 1);
        backslashes['"'] = 1;
        backslashes['\\'] = 1;
        return backslashes;
    }
}
