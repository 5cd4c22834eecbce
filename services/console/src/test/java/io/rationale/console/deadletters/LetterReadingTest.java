package io.rationale.console.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.notes.StoredLetter;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.deadletter.ResentNote;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.NoteDecoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LetterReadingTest {
    private static final DeadLetter.Origin NOTES = new DeadLetter.Origin.Topic("rationale.notes", 2, 7);

    private final LetterReading reading = new LetterReading(NoteDecoder.DEFAULT, "rationale.notes");

    private static StoredLetter letter(
            String original, DeadLetter.Origin origin, StoredLetter.OriginalHeader... headers) {
        return letter(Bytes.utf8(original), origin, Bytes.utf8(original).size(), headers);
    }

    private static StoredLetter letter(
            Bytes original, DeadLetter.Origin origin, long size, StoredLetter.OriginalHeader... headers) {
        DeadLetter letter = new DeadLetter("k", original, "cut-off", "It was cut.", null, origin);
        return new StoredLetter(0, 3, Instant.EPOCH, Bytes.utf8("k"), letter, List.of(headers), size);
    }

    @Test
    void shouldKnowTheNoteThatItIs() {
        // when
        LetterSummary named = reading.summary(letter("{\"id\":\"n1\",\"text\":\"Hm.\"}", NOTES));
        LetterSummary placed = reading.summary(letter("\"Hm.\"", NOTES));
        LetterSummary none = reading.summary(letter("{", NOTES));

        // then
        assertThat(named.noteId()).isEqualTo("n1");
        assertThat(placed.noteId()).isEqualTo("rationale.notes-2-7");
        assertThat(none.noteId()).isNull();
        assertThat(none.resendable()).isTrue();
    }

    @Test
    void shouldKnowTheNoteThatWasSentAgainByItsFirstPlace() {
        StoredLetter.OriginalHeader first =
                new StoredLetter.OriginalHeader(ResentNote.NOTE_ID, Bytes.utf8("rationale.notes-0-1"));

        assertThat(reading.summary(letter("\"Hm.\"", NOTES, first)).noteId()).isEqualTo("rationale.notes-0-1");
    }

    @Test
    void shouldSayWhyItCannotBeSentAgain() {
        Map<String, StoredLetter> letters = Map.of(
                "in its file", letter("x,y", new DeadLetter.Origin.File("f.csv", 3)),
                "topic of the notes", letter("x", new DeadLetter.Origin.Topic("elsewhere", 0, 0)),
                "first 1 of its 9 bytes", letter(Bytes.utf8("x"), NOTES, 9));

        assertThat(letters).allSatisfy((words, letter) -> {
            assertThat(reading.whyNotResendable(letter))
                    .hasValueSatisfying(why -> assertThat(why).contains(words).endsWith("."));
            assertThat(reading.summary(letter).resendable()).isFalse();
        });
    }

    @Test
    void shouldShortenBetweenCharacters() {
        // given: four bytes each
        String original = "👍".repeat(20_000);

        // when
        LetterSummary letter = reading.summary(letter(original, NOTES));
        String text = LetterReading.text(letter("x" + original, NOTES));

        // then
        assertThat(letter.excerpt()).isEqualTo("👍".repeat(199) + "…");
        assertThat(letter.bytes()).isEqualTo(80_000);
        assertThat(text).isEqualTo("x" + "👍".repeat(64 * 1024 / 4 - 1));
        assertThat(LetterReading.isTruncated(letter(original, NOTES))).isTrue();
        assertThat(LetterReading.isTruncated(letter("short", NOTES))).isFalse();
    }

    @Test
    void shouldShowWhatIsNoText() {
        Bytes bytes = Bytes.of(new byte[] {'a', (byte) 0xC3, 0x28});

        assertThat(LetterReading.text(letter(bytes, NOTES, 3))).isEqualTo("a\uFFFD(");
    }
}
