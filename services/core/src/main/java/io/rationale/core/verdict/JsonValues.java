package io.rationale.core.verdict;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the JSON values in what a model wrote: between prose, in fences, with trailing commas, comments, single quotes
 * or bad escapes.
 */
final class JsonValues {
    /** Prose holds braces too; damaged text must not make this quadratic. */
    private static final int MAX_ATTEMPTS = 2_000;

    private static final int MAX_CHARACTERS = 1024 * 1024;

    private static final ObjectReader TOLERANT = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build()
            .reader();

    private JsonValues() {}

    /** The objects and arrays, outermost ones, in the order in which they stand. */
    static List<JsonNode> in(String text) {
        String tail = text.length() > MAX_CHARACTERS ? text.substring(text.length() - MAX_CHARACTERS) : text;
        List<JsonNode> values = new ArrayList<>();
        char[] characters = tail.toCharArray();
        int at = nextStart(characters, 0);
        for (int attempts = 0; at >= 0 && attempts < MAX_ATTEMPTS; attempts++) {
            at = nextStart(characters, at + read(characters, at, values));
        }
        return values;
    }

    /** Reads one value and returns how many characters it took, 1 when there is none. */
    private static int read(char[] text, int at, List<JsonNode> values) {
        try (JsonParser parser = TOLERANT.createParser(text, at, text.length - at)) {
            JsonNode value = parser.readValueAsTree();
            if (value == null) {
                return 1;
            }
            values.add(value);
            return Math.max(1, (int) parser.currentLocation().getCharOffset());
        } catch (IOException e) {
            return 1;
        }
    }

    private static int nextStart(char[] text, int from) {
        for (int i = from; i < text.length; i++) {
            if (text[i] == '{' || text[i] == '[') {
                return i;
            }
        }
        return -1;
    }
}
