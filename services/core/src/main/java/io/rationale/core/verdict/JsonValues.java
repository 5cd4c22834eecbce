package io.rationale.core.verdict;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the JSON values in what a model wrote: between prose, in fences, with trailing commas, comments, single quotes
 * or bad escapes.
 */
public final class JsonValues {
    /** Prose holds braces too; damaged text must not make this quadratic: characters that may be read in vain. */
    private static final long MAX_READ_IN_VAIN = 20_000_000;

    /** An attempt costs as much as reading so many characters. */
    private static final int ATTEMPT = 300;

    private static final int MAX_CHARACTERS = 1024 * 1024;

    private static final Pattern ANSWER = Pattern.compile("\\{\\s{0,100}[\"']?verdicts[\"']?\\s{0,100}:");

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

    /**
     * The values of a text.
     *
     * @param values    the objects and arrays, outermost ones, in the order in which they stand
     * @param isDamaged whether an answer begins in it that cannot be read as a whole: then what was found may be parts of
     *                  it, and parts of its texts
     */
    record Found(List<JsonNode> values, boolean isDamaged) {}

    /** The objects and arrays, outermost ones, in the order in which they stand. */
    public static List<JsonNode> in(String text) {
        return find(text).values();
    }

    static Found find(String text) {
        String tail = text.length() > MAX_CHARACTERS ? text.substring(text.length() - MAX_CHARACTERS) : text;
        List<JsonNode> values = new ArrayList<>();
        char[] characters = tail.toCharArray();
        boolean isDamaged = false;
        long inVain = 0;
        int at = nextStart(characters, 0);
        while (at >= 0 && inVain < MAX_READ_IN_VAIN) {
            int before = values.size();
            int taken = read(characters, at, values);
            boolean found = values.size() > before;
            isDamaged |=
                    !found && ANSWER.matcher(tail).region(at, tail.length()).lookingAt();
            inVain += found ? 0 : ATTEMPT + taken;
            at = nextStart(characters, at + (found ? taken : 1));
        }
        return new Found(values, isDamaged);
    }

    /** Reads one value, if there is one, and returns how many characters that took. */
    private static int read(char[] text, int at, List<JsonNode> values) {
        try (JsonParser parser = TOLERANT.createParser(text, at, text.length - at)) {
            try {
                values.add(parser.readValueAsTree());
            } catch (JsonProcessingException e) {
                // what follows may be a value
            }
            return Math.max(1, (int) parser.currentLocation().getCharOffset());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
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
