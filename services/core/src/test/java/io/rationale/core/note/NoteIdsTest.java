package io.rationale.core.note;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoteIdsTest {
    private static final Note NOTE = Note.of("1", "file.csv", "The dose is wrong");

    @Test
    void shouldGiveEqualRowsTwoIds() {
        assertThat(NoteIds.inFile(NOTE, 0)).isNotEqualTo(NoteIds.inFile(NOTE, 1));
    }

    @Test
    void shouldNotDependOnThePlaceInTheFile() {
        assertThat(NoteIds.inFile(NOTE, 0)).isEqualTo(NoteIds.inFile(NOTE.withId("2"), 0));
    }

    @Test
    void shouldStayTheSameForEver() {
        assertThat(NoteIds.inFile(NOTE, 0)).hasSize(24).matches("[0-9a-f]+").isEqualTo("7e651db774e25f6fa88fcf14");
    }

    @Test
    void shouldDependOnSourceAndEveryField() {
        // given
        Note full = new Note(
                "1",
                NOTE.text(),
                NOTE.source(),
                null,
                "q",
                "a",
                "e",
                List.of(new Context("c", 1, 0.5, "t")),
                Map.of("k", "v"),
                "trace");
        List<Note> others = List.of(
                NOTE,
                full,
                Note.of("1", "other.csv", NOTE.text()),
                Note.of("1", "file.csv", "The dose is right"),
                new Note("1", NOTE.text(), NOTE.source(), null, "a", "q", "e", full.contexts(), full.labels(), "trace"),
                new Note("1", NOTE.text(), NOTE.source(), null, "q", "a", "e", List.of(), full.labels(), "trace"),
                new Note("1", NOTE.text(), NOTE.source(), null, "q", "a", "e", full.contexts(), Map.of(), "trace"),
                new Note("1", NOTE.text(), NOTE.source(), null, "q", "a", "e", full.contexts(), full.labels(), null));

        // when
        List<String> ids = others.stream().map(note -> NoteIds.inFile(note, 0)).toList();

        // then
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameAPositionOfATopic() {
        assertThat(NoteIds.inTopic("rationale.notes", 3, 42)).isEqualTo("rationale.notes-3-42");
    }
}
