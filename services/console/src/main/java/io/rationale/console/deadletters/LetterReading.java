package io.rationale.console.deadletters;

import io.rationale.console.notes.StoredLetter;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.deadletter.ResentNote;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.note.NoteIds;
import java.util.Arrays;
import java.util.Optional;

/** Reads out of a dead letter what people want to know. Thread safe. */
final class LetterReading {
    private static final int EXCERPT_CHARS = 200;
    private static final int KEY_CHARS = 500;
    private static final int TEXT_BYTES = 64 * 1024;
    private static final int BYTES_A_CHAR = 4;

    private final NoteDecoder decoder;
    private final String notesTopic;

    /** @param decoder limits of a note */
    LetterReading(NoteDecoder decoder, String notesTopic) {
        this.decoder = decoder;
        this.notesTopic = notesTopic;
    }

    /** What is decided about its note stays unknown. */
    LetterSummary summary(StoredLetter stored) {
        DeadLetter letter = stored.letter();
        return new LetterSummary(
                stored.partition(),
                stored.offset(),
                stored.at(),
                letter.key() == null ? null : shortened(letter.key(), KEY_CHARS),
                noteId(stored).orElse(null),
                letter.reason(),
                letter.cause(),
                letter.field(),
                shortened(beginning(letter.original(), (EXCERPT_CHARS + 1) * BYTES_A_CHAR), EXCERPT_CHARS),
                stored.size(),
                stored.isCut(),
                letter.origin(),
                whyNotResendable(stored).isEmpty(),
                LetterSummary.State.UNKNOWN);
    }

    /** The original, up to 64 KiB of it. */
    static String text(StoredLetter stored) {
        return beginning(stored.letter().original(), TEXT_BYTES);
    }

    /** Whether {@link #text} leaves something out. */
    static boolean isTruncated(StoredLetter stored) {
        return stored.size() > TEXT_BYTES || stored.isCut();
    }

    /** The note that it is, as the classifier named it. */
    Optional<String> noteId(StoredLetter stored) {
        if (!(stored.letter().origin() instanceof DeadLetter.Origin.Topic origin)
                || stored.isCut()
                || stored.size() > decoder.maxNoteBytes()) {
            return Optional.empty();
        }
        String placed = stored.header(ResentNote.NOTE_ID)
                .orElseGet(() -> NoteIds.inTopic(origin.topic(), origin.partition(), origin.offset()));
        return decoder.decode(stored.letter().original(), placed, "") instanceof NoteDecoder.Result.Accepted accepted
                ? Optional.of(accepted.note().id())
                : Optional.empty();
    }

    /** A sentence, or nothing when it can be sent again. */
    Optional<String> whyNotResendable(StoredLetter stored) {
        if (stored.letter().reason().equals(StoredLetter.NO_HEADERS)) {
            return Optional.of("The record does not say where it came from, so it cannot be sent again.");
        }
        if (!(stored.letter().origin() instanceof DeadLetter.Origin.Topic origin)
                || !origin.topic().equals(notesTopic)) {
            return Optional.of(
                    "It did not come from the topic of the notes: mend it in its file, and read that again.");
        }
        return stored.isCut()
                ? Optional.of("Only the first " + stored.letter().original().size() + " of its " + stored.size()
                        + " bytes were kept, so it cannot be sent again from here.")
                : Optional.empty();
    }

    private static String beginning(Bytes original, int most) {
        if (original.size() <= most) {
            return original.lenientUtf8();
        }
        byte[] first = Arrays.copyOf(original.toArray(), most);
        return Bytes.of(first, wholeCharacters(first)).lenientUtf8();
    }

    /** How many of the bytes remain when the last character is left out where the end goes through it. */
    private static int wholeCharacters(byte[] utf8) {
        int last = utf8.length - 1;
        while (last > 0 && utf8.length - last < BYTES_A_CHAR && (utf8[last] & 0xC0) == 0x80) {
            last--;
        }
        int lead = utf8[last] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return last + length > utf8.length ? last : utf8.length;
    }

    private static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
