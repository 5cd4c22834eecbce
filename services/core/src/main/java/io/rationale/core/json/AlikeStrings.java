package io.rationale.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes JSON strings most of which begin with the same long text, as prompts do. What they begin with is found out by
 * itself, and escaped and encoded once; the result is that of {@link JsonGenerator#writeString(String)} to bytes. Thread safe.
 */
public final class AlikeStrings {
    /** Characters that two strings begin with; less is not worth it. */
    static final int LEAST_IN_COMMON = 1_000;

    private static final int MOST_KNOWN = 8;

    private volatile List<Beginning> known = List.of();

    /** What strings began with, and the same as it stands between quotes. */
    private record Beginning(String text, byte[] escaped) {
        Beginning(String text) {
            this(text, AlikeStrings.escaped(text));
        }
    }

    /** Writes the text as a value. */
    public void write(String text, JsonGenerator json) throws IOException {
        for (Beginning beginning : known) {
            if (text.startsWith(beginning.text())) {
                write(beginning, text.substring(beginning.text().length()), json);
                return;
            }
        }
        json.writeString(text);
        learn(text);
    }

    private static void write(Beginning beginning, String rest, JsonGenerator json) throws IOException {
        byte[] begun = beginning.escaped();
        byte[] ended = escaped(rest);
        byte[] whole = Arrays.copyOf(begun, begun.length + ended.length);
        System.arraycopy(ended, 0, whole, begun.length, ended.length);
        json.writeRawUTF8String(whole, 0, whole.length);
    }

    /** The first of its kind is remembered whole; the second tells what both begin with. */
    private synchronized void learn(String text) {
        if (text.length() < LEAST_IN_COMMON) {
            return;
        }
        List<Beginning> next = new ArrayList<>(known);
        String learnt = text;
        for (Beginning beginning : known) {
            int common = inCommon(beginning.text(), text);
            if (common >= LEAST_IN_COMMON) {
                learnt = text.substring(0, common);
                next.remove(beginning);
                break;
            }
        }
        next.addFirst(new Beginning(learnt));
        known = List.copyOf(next.subList(0, Math.min(MOST_KNOWN, next.size())));
    }

    /** How many characters both begin with; never half of a surrogate pair. */
    private static int inCommon(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int common = 0;
        while (common < most && one.charAt(common) == other.charAt(common)) {
            common++;
        }
        return common > 0 && Character.isHighSurrogate(one.charAt(common - 1)) ? common - 1 : common;
    }

    private static byte[] escaped(String text) {
        byte[] quoted = Json.bytes(text);
        return Arrays.copyOfRange(quoted, 1, quoted.length - 1);
    }
}
