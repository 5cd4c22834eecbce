package io.rationale.core.r1;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The events of a stream are alike but for a few words: what stands before and after the words of one that was parsed
 * tells how to read the next without parsing it. Where the beginning and the end are the same to the letter and what is
 * between is the inside of one JSON string, the grammar leaves no other reading. Anything else is parsed. Not thread safe.
 */
final class DeltaTemplates {
    private static final List<String> THOUGHT = List.of("reasoning_content", "reasoning");
    private static final String ANSWER = "content";
    /** Escapes of one letter, and what each says; those by number are left to the parser. */
    private static final String ESCAPES = "\"\\/nrtbf";

    private static final String ESCAPED = "\"\\/\n\r\t\b\f";

    private Template thought;
    private Template answer;

    /** Words of an event. */
    record Words(boolean isThought, String text) {}

    private record Template(byte[] before, byte[] after) {
        Template(String before, String after) {
            this(before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8));
        }

        /** The text between, or null when the event is not alike. */
        String text(byte[] data, int from, int to) {
            int start = from + before.length;
            int end = to - after.length;
            return start <= end
                            && Arrays.equals(data, from, start, before, 0, before.length)
                            && Arrays.equals(data, end, to, after, 0, after.length)
                    ? unescaped(data, start, end)
                    : null;
        }
    }

    /**
     * The words of an event that is like one that was learnt, else null.
     *
     * @param data UTF-8; what is none becomes U+FFFD
     */
    Words read(byte[] data, int from, int to) {
        String words = answer == null ? null : answer.text(data, from, to);
        if (words != null) {
            return new Words(false, words);
        }
        words = thought == null ? null : thought.text(data, from, to);
        return words == null ? null : new Words(true, words);
    }

    /** Learns from an event that says nothing but a few words. */
    void learn(String data, JsonNode chunk) {
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        if (chunk.path("choices").size() != 1
                || !delta.isObject()
                || isSaid(choice.path("finish_reason"))
                || isSaid(choice.path("message"))
                || isSaid(choice.path("text"))
                || isSaid(chunk.path("usage"))
                || ServerErrors.isError(chunk)) {
            return;
        }
        String words = MessageFields.content(delta);
        boolean isAnswer = !words.isEmpty();
        boolean isThought = !MessageFields.reasoning(delta).isEmpty();
        if (isAnswer && !isThought) {
            answer = template(data, delta, ANSWER, words);
        } else if (isThought && !isAnswer) {
            thought = thought(data, delta);
        }
    }

    private static Template thought(String data, JsonNode delta) {
        List<String> filled = THOUGHT.stream()
                .filter(field -> !delta.path(field).asText("").isEmpty())
                .toList();
        // Servers that fill both fields say the words twice.
        return filled.size() == 1
                ? template(
                        data,
                        delta,
                        filled.getFirst(),
                        delta.path(filled.getFirst()).asText())
                : null;
    }

    private static Template template(String data, JsonNode delta, String field, String words) {
        String key = "\"" + field + "\":";
        int at = data.indexOf(key);
        boolean isOnce = at >= 0 && data.indexOf(key, at + 1) < 0;
        int open = at + key.length();
        while (isOnce && open < data.length() && data.charAt(open) == ' ') {
            open++;
        }
        int start = open + 1;
        int end = isOnce ? closingQuote(data, start) : -1;
        boolean isThere = end >= 0 && data.charAt(open) == '"' && words.equals(unescaped(data.substring(start, end)));
        return isThere ? new Template(data.substring(0, start), data.substring(end)) : null;
    }

    private static int closingQuote(String data, int from) {
        for (int i = from; i < data.length(); i++) {
            char each = data.charAt(i);
            if (each == '"') {
                return i;
            }
            i += each == '\\' ? 1 : 0;
        }
        return -1;
    }

    private static String unescaped(String inside) {
        byte[] bytes = inside.getBytes(StandardCharsets.UTF_8);
        return unescaped(bytes, 0, bytes.length);
    }

    /** What the inside of a JSON string says, or null when it is not the inside of one string. */
    private static String unescaped(byte[] data, int from, int to) {
        byte[] text = null;
        int length = 0;
        for (int i = from; i < to; i++) {
            byte each = data[i];
            if (each >= 0 && each < ' ' || each == '"') {
                return null;
            }
            if (each == '\\') {
                int escape = i + 1 < to ? ESCAPES.indexOf(data[i + 1]) : -1;
                if (escape < 0) {
                    return null;
                }
                if (text == null) {
                    text = Arrays.copyOfRange(data, from, to);
                    length = i - from;
                }
                each = (byte) ESCAPED.charAt(escape);
                i++;
            }
            if (text != null) {
                text[length++] = each;
            }
        }
        return text == null
                ? new String(data, from, to - from, StandardCharsets.UTF_8)
                : new String(text, 0, length, StandardCharsets.UTF_8);
    }

    private static boolean isSaid(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }
}
