package io.rationale.core.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * How untrusted words stand in a prompt: as JSON on one line, in which {@code <} and {@code >} are escaped, so that they
 * can write no marker, role token or think tag; halves of surrogate pairs are escaped too, because servers fail on them.
 */
public final class PromptJson {
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final JsonMapper JSON = encoder();

    private PromptJson() {}

    /** An object to be filled. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The object on one line. */
    public static String line(ObjectNode json) {
        try {
            return LONE_SURROGATE
                    .matcher(JSON.writeValueAsString(json))
                    .replaceAll(half ->
                            String.format("\\\\u%04x", (int) half.group().charAt(0)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text, or so many of its characters and a word that says that it was cut. */
    public static String cut(String text, int max) {
        return text.length() <= max ? text : beginning(text, max) + " [cut]";
    }

    /** So many characters of the text at most; a surrogate pair is not split. */
    public static String beginning(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = max > 0 && Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end);
    }

    private static JsonMapper encoder() {
        JsonMapper mapper = JsonMapper.builder().build();
        mapper.getFactory().setCharacterEscapes(new AngleBracketEscapes());
        return mapper;
    }

    /** JSON's own escapes, and those for angle brackets, line separators and invisible direction marks. */
    private static final class AngleBracketEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        private final int[] ascii = standardAsciiEscapesForJSON();

        AngleBracketEscapes() {
            ascii['<'] = ESCAPE_STANDARD;
            ascii['>'] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public SerializableString getEscapeSequence(int ch) {
            boolean invisible = ch >= 0x2028 && ch <= 0x202E || ch >= 0x2066 && ch <= 0x2069;
            return invisible ? new SerializedString(String.format("\\u%04x", ch)) : null;
        }
    }
}
