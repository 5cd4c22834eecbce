package io.rationale.benchmark.load;

import io.rationale.core.note.Note;
import java.util.List;
import java.util.Random;

/** Notes as people write them, each with words of its own: no two are the same. Deterministic for a seed. */
public final class NoteTexts {
    private static final String SOURCE = "benchmark";
    private static final List<String> TEMPLATES = List.of(
            "The assistant could not find the page about %s in building %d, though it is in the knowledge base.",
            "Wrong number again: it says %2$d days for %1$s, the guideline that it quotes says something else.",
            "It made up a form called %s-%d. No such form exists anywhere in our documents.",
            "The answer about %s is from the version of %d, which was replaced last year. It is outdated.",
            "Cut in the middle of the table of %s: row %d and all that follow are missing from the passage.",
            "It asked back three times before it understood that I meant %s, room %d.",
            "Thanks, the answer about %s for case %d was right and complete!",
            "The right document about %s was found, but it stood at place %d and the answer ignored it.",
            "I asked for %s in a list of %d points and got one long paragraph instead.",
            "Far too general: I asked about %s in unit %d and it explained what a hospital is.",
            "The link below the answer about %s leads nowhere, error %d.",
            "There is no document about %s yet, ticket %d is open. It said so honestly.");
    private static final List<String> SUBJECTS = List.of(
            "visiting hours",
            "isolation rooms",
            "special leave",
            "the K7 compressor",
            "blood values",
            "parking",
            "travel expenses",
            "the night shift",
            "dosage for children",
            "discharge letters",
            "spare parts",
            "passwords");

    private final Random random;
    private int count;

    public NoteTexts(long seed) {
        random = new Random(seed);
    }

    /** The next text. */
    public String next() {
        return pick(TEMPLATES).formatted(pick(SUBJECTS), 10 + random.nextInt(9_000)) + " (report " + ++count + ")";
    }

    /** The next note, under an id of its own. */
    public Note nextNote(String idPrefix) {
        String text = next();
        return Note.of(idPrefix + count, SOURCE, text);
    }

    /** The next note, filled up to so many bytes. */
    public Note nextNote(String idPrefix, int bytes) {
        StringBuilder text = new StringBuilder(next());
        while (text.length() < bytes) {
            text.append(' ').append(next());
        }
        return Note.of(idPrefix + count, SOURCE, text.substring(0, bytes));
    }

    /** A note of its own with a text that another has. */
    public Note copyOf(Note other, String idPrefix) {
        return Note.of(idPrefix + ++count, SOURCE, other.text());
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
