package io.rationale.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import io.rationale.core.redaction.RedactionSettings;
import io.rationale.core.redaction.Redactor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoteTextsTest {
    private final Redactor redactor = Redactor.of(RedactionSettings.DEFAULT);
    private final Note sent = new Note(
            "n",
            "jane@example.com, JANE@example.com +49 30 1234567 0049 (0)30 1234567",
            "mail of jane@example.com",
            null,
            "born 1980-03-12, in 1980?",
            null,
            null,
            List.of(new Context("c", 1, null, "jane@example.com")),
            Map.of("phone", "5551234567"),
            null);

    @Test
    void shouldKnowANoteWithoutItsPersonalData() {
        Note judged = redactor.note(sent);
        assertThat(judged.redacted()).isNotEmpty();
        assertThat(NoteTexts.isSame(judged, sent)).isTrue();
        assertThat(NoteTexts.isSame(sent, sent)).isTrue();
    }

    @Test
    void shouldTellAnotherNoteFromIt() {
        Note judged = redactor.note(sent);
        assertThat(NoteTexts.isSame(judged, Note.of("n", "s", "another"))).isFalse();
        assertThat(NoteTexts.isSame(Note.of("n", "s", "[EMAIL-1] asked"), Note.of("n", "s", "jane@example.com said")))
                .isFalse();
        assertThat(NoteTexts.isSame(Note.of("n", "s", "[EMAIL-1] asked"), Note.of("n", "s", " asked")))
                .isFalse();
        assertThat(NoteTexts.isSame(Note.of("n", "s", "to [EMAIL-1]"), Note.of("n", "s", "or jane@example.com")))
                .isFalse();
    }
}
