package io.rationale.console.search;

import io.rationale.core.json.Bytes;
import io.rationale.core.note.Note;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Bounds what notes bring along, so that no text is too long for the index. */
final class Texts {
    /** Of one text that is searched; what is longer is found by its beginning. */
    static final int MOST_CHARACTERS = 16_384;

    private static final int EXCERPT = 280;
    /** Lucene takes no term above 32,766 bytes. */
    private static final int MOST_TERM_BYTES = 8_000;

    private static final int KEPT_OF_LONG_TERM = 200;

    private Texts() {}

    /** What of a note is searched: its text, then the RAG report's question, answer and expected answer. */
    static List<String> searched(Note note) {
        List<String> searched = new ArrayList<>();
        int room = MOST_CHARACTERS;
        for (String text : Stream.of(note.text(), note.question(), note.answer(), note.expected())
                .filter(Objects::nonNull)
                .toList()) {
            String bounded = start(text, room);
            searched.add(bounded);
            room -= bounded.length();
        }
        return searched;
    }

    static String bounded(String text) {
        return start(text, MOST_CHARACTERS);
    }

    /** The beginning of a note in lists. */
    static String excerpt(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= EXCERPT ? text : text.substring(0, text.offsetByCodePoints(0, EXCERPT));
    }

    /** The value itself, or for a very long one its start and its hash. */
    static String term(String value) {
        if (value.length() * 3L <= MOST_TERM_BYTES) {
            return value;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MOST_TERM_BYTES
                ? value
                : start(value, KEPT_OF_LONG_TERM) + '\0' + Bytes.of(bytes).sha256();
    }

    /** Never half of a surrogate pair. */
    private static String start(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean splits = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, splits ? most - 1 : most);
    }
}
