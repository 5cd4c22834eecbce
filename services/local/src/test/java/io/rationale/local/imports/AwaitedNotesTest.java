package io.rationale.local.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.local.imports.KnownNotes.State;
import org.junit.jupiter.api.Test;

class AwaitedNotesTest {
    private final AwaitedNotes awaited = new AwaitedNotes();

    @Test
    void shouldCountEachAwaitedDecisionOnce() {
        // given
        awaited.await("a");
        awaited.await("b");

        // when
        awaited.decided("a", State.CLASSIFIED);
        awaited.decided("a", State.UNCLASSIFIABLE);

        // then
        assertThat(awaited.waiting()).isEqualTo(1);
        assertThat(awaited.decided()).isEqualTo(1);
        assertThat(awaited.unclassifiable()).isZero();
    }

    @Test
    void shouldNotCountDecisionsAboutOtherNotes() {
        awaited.decided("stranger", State.CLASSIFIED);
        assertThat(awaited.decided()).isZero();
    }

    @Test
    void shouldCountADecisionThatComesBeforeTheNoteIsRead() {
        // given
        awaited.decided("a", State.UNCLASSIFIABLE);

        // when
        awaited.await("a");

        // then
        assertThat(awaited.waiting()).isZero();
        assertThat(awaited.decided()).isEqualTo(1);
        assertThat(awaited.unclassifiable()).isEqualTo(1);
    }

    @Test
    void shouldCountEarlierDecisionsApart() {
        // given
        awaited.await("a");

        // when
        awaited.decidedBefore(State.CLASSIFIED);
        awaited.decidedBefore(State.UNCLASSIFIABLE);
        awaited.decided("a", State.UNCLASSIFIABLE);

        // then
        assertThat(awaited.decided()).isEqualTo(3);
        assertThat(awaited.unclassifiable()).isEqualTo(2);
        assertThat(awaited.waiting()).isZero();
    }
}
