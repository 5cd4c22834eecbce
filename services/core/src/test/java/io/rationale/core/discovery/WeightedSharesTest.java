package io.rationale.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rationale.core.note.Note;
import io.rationale.core.statistics.Share;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightedSharesTest {
    @Test
    void shouldBePlainSharesForEqualWeights() {
        // given
        List<SampledNote> notes =
                IntStream.range(0, 20).mapToObj(i -> sampled(i, 3, 1)).toList();

        // when
        Share share = new WeightedShares(notes).of(notes.subList(0, 5));

        // then
        assertThat(share.share()).isEqualTo(0.25);
        assertThat(share.interval().low()).isCloseTo(Share.of(5, 20).interval().low(), within(1e-12));
        assertThat(share.interval().high()).isCloseTo(Share.of(5, 20).interval().high(), within(1e-12));
    }

    /** Weights 1 and 3 by halves: (10 + 30)² / (10 + 90) = 16 of 20. */
    @Test
    void shouldCountUnequalWeightsForLess() {
        // given
        List<SampledNote> notes = IntStream.range(0, 20)
                .mapToObj(i -> sampled(i, i < 10 ? 1 : 3, 1))
                .toList();

        // when, then
        assertThat(new WeightedShares(notes).effective()).isCloseTo(16, within(1e-9));
    }

    @Test
    void shouldCountAFoldedNoteAsTheNotesThatItWasDrawnAs() {
        // given
        List<SampledNote> notes = List.of(sampled(0, 50, 50), sampled(1, 1, 1), sampled(2, 49, 49));

        // when, then
        assertThat(new WeightedShares(notes).effective()).isCloseTo(100, within(1e-9));
    }

    @Test
    void shouldSayNothingAboutNothing() {
        assertThat(new WeightedShares(List.of()).of(List.of())).isEqualTo(Share.of(0, 0));
    }

    private static SampledNote sampled(int i, double weight, int multiplicity) {
        return new SampledNote(Note.of("n" + i, "test", "note " + i), weight, multiplicity);
    }
}
