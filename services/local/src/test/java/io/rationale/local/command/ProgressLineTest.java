package io.rationale.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressLineTest {
    @Test
    void shouldTellRateAndTimeLeft() {
        assertThat(ProgressDisplay.Lines.line(30, 0, 90, 10))
                .isEqualTo("Classifying: 30 of 90 notes, 3.0/s, 20 s left");
    }

    @Test
    void shouldCountNoNotesOfEarlierRunsInTheRate() {
        assertThat(ProgressDisplay.Lines.line(80, 60, 100, 10))
                .isEqualTo("Classifying: 80 of 100 notes, 2.0/s, 10 s left");
    }

    @Test
    void shouldGuessNoTimeBeforeTheFirstDecision() {
        assertThat(ProgressDisplay.Lines.line(60, 60, 100, 10)).isEqualTo("Classifying: 60 of 100 notes, 0.0/s");
    }

    @Test
    void shouldEndWithoutTimeLeft() {
        assertThat(ProgressDisplay.Lines.line(100, 0, 100, 8)).isEqualTo("Classifying: 100 of 100 notes, 12.5/s");
    }

    @Test
    void shouldNotDivideByNoTime() {
        assertThat(ProgressDisplay.Lines.line(1, 0, 2, 0)).isEqualTo("Classifying: 1 of 2 notes, 1000.0/s, 0 s left");
    }
}
