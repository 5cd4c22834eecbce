package io.rationale.core.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes texts as the insides of JSON strings, most of which begin with the same long text, as requests do. What they begin
 * with is found out by itself, and escaped once. Thread safe.
 */
public final class AlikeTexts {
    /** Bytes that two texts begin with; less is not worth it. */
    static final int LEAST_IN_COMMON = 1_000;

    private static final int MOST_KNOWN = 8;

    private volatile List<Beginning> known = List.of();

    /** What texts began with, and the same as it stands between quotes. */
    private record Beginning(byte[] text, byte[] escaped) {
        Beginning(byte[] text) {
            this(
                    text,
                    new JsonBuffer(text.length)
                            .appendInside(text, 0, text.length)
                            .toArray());
        }

        boolean isOf(byte[] whole) {
            return whole.length >= text.length && Arrays.equals(text, 0, text.length, whole, 0, text.length);
        }
    }

    /** @param utf8 valid UTF-8 */
    public void appendInside(Bytes utf8, JsonBuffer json) {
        byte[] text = utf8.array();
        for (Beginning beginning : known) {
            if (beginning.isOf(text)) {
                json.append(beginning.escaped()).appendInside(text, beginning.text().length, text.length);
                return;
            }
        }
        json.appendInside(text, 0, text.length);
        learn(text);
    }

    /** The first of its kind is remembered whole; the second tells what both begin with. */
    private synchronized void learn(byte[] text) {
        if (text.length < LEAST_IN_COMMON) {
            return;
        }
        List<Beginning> next = new ArrayList<>(known);
        byte[] learnt = text;
        for (Beginning beginning : known) {
            int differ = Arrays.mismatch(beginning.text(), text);
            if (differ >= LEAST_IN_COMMON) {
                learnt = Arrays.copyOf(text, differ);
                next.remove(beginning);
                break;
            }
        }
        next.addFirst(new Beginning(learnt));
        known = List.copyOf(next.subList(0, Math.min(MOST_KNOWN, next.size())));
    }
}
