package io.rationale.console.search;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.V2;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.evidence;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static io.rationale.console.Events.unclassifiable;
import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.Events;
import io.rationale.core.note.Note;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotePopulationTest {
    @TempDir
    Path directory;

    private IndexHarness index;

    private record Told(String id, String source, Instant at, String category, Double agreement, long offset) {}

    @BeforeEach
    void fill() throws IOException {
        Note doubtful = note("doubtful", "ward", Events.TEN, "It is slow.");
        index = new IndexHarness(directory)
                .decided(
                        classified(note("sure", "clinic", Events.TEN, "It is wrong."), V1, "other"),
                        classified(doubtful, V1, "other", 0.625, Events.MODEL, evidence(doubtful, "slow")),
                        unclassifiable(note("undecided", "ward", Events.TEN, "?"), V1),
                        classified(note("elsewhere", "ward", Events.TEN, "Old."), V2, "late"),
                        reviewed("sure", V1, "missed-retrieval"));
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void shouldTellOfEachNoteWhatASampleIsDrawnBy() {
        assertThat(told(NoteQuery.all(V1), true))
                .containsExactlyInAnyOrder(
                        new Told("sure", "clinic", Events.TEN, "missed-retrieval", 1.0, 0),
                        new Told("doubtful", "ward", Events.TEN, "other", 0.625, 1),
                        new Told("undecided", "ward", Events.TEN, NoteQuery.UNDECIDED, 0.0, 2));
    }

    @Test
    void shouldTellOfNotesThatWereJudgedUnderOtherVersionsOnlyToo() {
        // given
        NoteQuery ward = NoteQuery.all(V1).of(Set.of("ward"), NoteQuery.Period.ALL);

        // then
        assertThat(told(ward, false))
                .contains(new Told("elsewhere", "ward", Events.TEN, null, null, 3))
                .extracting(Told::id)
                .containsExactlyInAnyOrder("doubtful", "undecided", "elsewhere");
        long seen = index.read(notes -> notes.countSeen(ward));
        assertThat(seen).isEqualTo(3);
        assertThat(told(ward, true)).extracting(Told::id).containsExactlyInAnyOrder("doubtful", "undecided");
    }

    @Test
    void shouldTellOnlyOfTheNotesThatAreMeant() {
        NoteQuery doubtful = NoteQuery.all(V1).of(Set.of("other")).within(new NoteQuery.Range(0, 0.7));
        assertThat(told(doubtful, true)).extracting(Told::id).containsExactly("doubtful");
    }

    private List<Told> told(NoteQuery query, boolean judgedOnly) {
        List<Told> told = new ArrayList<>();
        index.read(notes -> {
            notes.population(
                    query,
                    judgedOnly,
                    (id, source, at, category, agreement, shown) ->
                            told.add(new Told(id, source, at, category, agreement, shown.offset())));
            return null;
        });
        return told;
    }
}
