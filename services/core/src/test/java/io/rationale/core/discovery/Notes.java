package io.rationale.core.discovery;

import io.rationale.core.note.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Notes whose first word is their topic and whose others differ. */
final class Notes {
    private static final String[] SYLLABLES = {"ba", "ke", "li", "mo", "nu", "pra", "sto", "tri", "vel", "zan"};

    private Notes() {}

    /** So many notes of each topic, by turns. */
    static List<Note> of(int each, String... topics) {
        Random random = new Random(7);
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            for (String topic : topics) {
                notes.add(Note.of(topic + "-" + i, "test", topic + " " + words(random)));
            }
        }
        return notes;
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder();
        for (int word = 0; word < 8; word++) {
            for (int syllable = 0; syllable < 3; syllable++) {
                words.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
            }
            words.append(' ');
        }
        return words.toString().strip();
    }
}
