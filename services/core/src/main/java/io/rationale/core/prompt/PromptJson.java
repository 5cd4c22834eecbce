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
 * How untrusted words stand in a prompt: as JSON on one line, in which {@code <} and {@code >}, their wide forms and
 * the bracket of tokens like {@code [INST]} are escaped, so that they can write no marker, role token or think tag; so are
 * characters that nobody sees, and halves of surrogate pairs, because servers fail on them. Decoded, every text is as it
 * was.
 */
public final class PromptJson {
    /** Halves of pairs; characters beyond the first plane that nobody sees; role tokens like {@code [INST]}. */
    private static final Pattern ESCAPED =
            Pattern.compile("\\p{Cs}|[\\x{E0000}-\\x{E0FFF}\\x{1D173}-\\x{1D17A}]|\\[(?=/?[A-Za-z_]{3,32}\\])");

    private static final JsonMapper JSON = encoder();

    private PromptJson() {}

    /** An object to be filled. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The object on one line. */
    public static String line(ObjectNode json) {
        try {
            String line = JSON.writeValueAsString(json);
            return ESCAPED.matcher(line).replaceAll(each -> escaped(each.group()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String characters) {
        StringBuilder escaped = new StringBuilder();
        characters.chars().forEach(c -> escaped.append(String.format("\\\\u%04x", c)));
        return escaped.toString();
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
            return isInvisible(ch) || isWideBracket(ch) ? new SerializedString(String.format("\\u%04x", ch)) : null;
        }

        /** Zero-width joiners and emoji's variation selectors are left: scripts need them. */
        private static boolean isInvisible(int ch) {
            return ch == 0x00AD
                    || ch == 0x034F
                    || ch == 0x061C
                    || ch == 0x180E
                    || ch == 0x200B
                    || ch >= 0x200E && ch <= 0x200F
                    || ch >= 0x2028 && ch <= 0x202E
                    || ch >= 0x2060 && ch <= 0x206F
                    || ch == 0xFEFF
                    || ch >= 0xFFF0 && ch <= 0xFFFB;
        }

        /** What a tokenizer that normalises its text would make angle brackets of. */
        private static boolean isWideBracket(int ch) {
            return ch == 0xFF1C || ch == 0xFF1E || ch == 0xFE64 || ch == 0xFE65;
        }
    }
}
