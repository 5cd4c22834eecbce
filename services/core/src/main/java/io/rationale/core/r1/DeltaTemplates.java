package io.rationale.core.r1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The events of a stream are alike but for a few words: what stands before and after the words of one that was parsed
 * tells how to read the next without parsing it. Where the beginning and the end are the same to the letter and nothing
 * between needs unescaping, JSON's grammar leaves no other reading. Anything else is parsed. Not thread safe.
 */
final class DeltaTemplates {
    private static final List<String> THOUGHT = List.of("reasoning_content", "reasoning");
    private static final String ANSWER = "content";

    private Template thought;
    private Template answer;

    /** Words of an event. */
    record Words(boolean isThought, String text) {}

    private record Template(String before, String after) {
        /** The text between, or null when the event is not alike. */
        String text(String data) {
            int end = data.length() - after.length();
            return end >= before.length()
                            && data.startsWith(before)
                            && data.endsWith(after)
                            && isPlain(data, before.length(), end)
                    ? data.substring(before.length(), end)
                    : null;
        }
    }

    /** The words of an event that is like one that was learnt, else null. */
    Words read(String data) {
        String words = answer == null ? null : answer.text(data);
        if (words != null) {
            return new Words(false, words);
        }
        words = thought == null ? null : thought.text(data);
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
        int end = start + words.length();
        boolean isThere = isOnce
                && delta.path(field).isTextual()
                && isPlain(words, 0, words.length())
                && data.startsWith("\"" + words + "\"", open);
        return isThere ? new Template(data.substring(0, start), data.substring(end)) : null;
    }

    /** No quote, no backslash and no control character: a JSON string of it is itself. */
    private static boolean isPlain(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char each = text.charAt(i);
            if (each < ' ' || each == '"' || each == '\\') {
                return false;
            }
        }
        return true;
    }

    private static boolean isSaid(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }
}
