package io.rationale.local.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.local.imports.KnownNotes.Known;
import io.rationale.local.imports.KnownNotes.State;
import org.junit.jupiter.api.Test;

class KnownNotesTest {
    private final KnownNotes known = new KnownNotes();

    @Test
    void shouldKnowNothingAtFirst() {
        assertThat(known.find("n")).isEmpty();
    }

    @Test
    void shouldLetASentNoteWaitUntilItsRecordIsDecided() {
        // given
        known.sent("n", "text", "notes-0@7");
        assertThat(known.find("n")).map(Known::state).contains(State.WAITING);

        // when
        known.decided("n", "notes-0@7", State.CLASSIFIED);

        // then
        assertThat(known.find("n")).map(Known::state).contains(State.CLASSIFIED);
        assertThat(KnownNotes.hasText(known.find("n").orElseThrow(), "text")).isTrue();
    }

    @Test
    void shouldTakeNoDecisionAboutAnEarlierRecord() {
        // given
        known.sent("n", "text", "notes-0@7");
        known.sent("n", "text", "notes-0@9");

        // when
        known.decided("n", "notes-0@7", State.CLASSIFIED);

        // then
        assertThat(known.find("n")).map(Known::state).contains(State.WAITING);
    }

    @Test
    void shouldTakeTheLastDecisionAboutARecord() {
        // given
        known.sent("n", "text", "notes-0@7");

        // when
        known.decided("n", "notes-0@7", State.DECIDED_BEFORE);
        known.decided("n", "notes-0@7", State.UNCLASSIFIABLE);

        // then
        assertThat(known.find("n")).map(Known::state).contains(State.UNCLASSIFIABLE);
    }

    @Test
    void shouldIgnoreDecisionsAboutNotesThatItDoesNotHold() {
        known.decided("stranger", "notes-0@7", State.CLASSIFIED);
        assertThat(known.find("stranger")).isEmpty();
    }

    @Test
    void shouldTellAnotherText() {
        known.sent("n", "text", "");
        assertThat(KnownNotes.hasText(known.find("n").orElseThrow(), "Text")).isFalse();
    }

    @Test
    void shouldKnowADeadLetterOnce() {
        assertThat(known.addDeadLetter("d")).isTrue();
        assertThat(known.addDeadLetter("d")).isFalse();
        assertThat(known.addDeadLetter("e")).isTrue();
    }
}
