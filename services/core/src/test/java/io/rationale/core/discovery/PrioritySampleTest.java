package io.rationale.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rationale.core.note.Note;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrioritySampleTest {
    @Test
    void shouldKeepSumsOfPartsOnAverage() {
        // given
        List<SampledNote> notes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            notes.add(new SampledNote(Note.of((i % 4 == 0 ? "a" : "b") + i, "test", "note " + i), 1 + i % 7, 1));
        }
        double truth = ofA(notes);

        // when
        double sum = 0;
        int rounds = 2000;
        for (int seed = 0; seed < rounds; seed++) {
            List<SampledNote> sample = PrioritySample.of(notes, 40, seed);
            assertThat(sample).hasSize(40);
            sum += ofA(sample);
        }

        // then
        assertThat(sum / rounds).isCloseTo(truth, within(truth * 0.02));
    }

    @Test
    void shouldKeepTheHeavyForCertain() {
        // given
        List<SampledNote> notes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            notes.add(new SampledNote(Note.of("n" + i, "test", "note " + i), i == 42 ? 10_000 : 1, 1));
        }

        // when, then
        for (int seed = 0; seed < 50; seed++) {
            assertThat(PrioritySample.of(notes, 10, seed))
                    .filteredOn(note -> note.note().id().equals("n42"))
                    .singleElement()
                    .satisfies(note -> assertThat(note.weight()).isEqualTo(10_000));
        }
    }

    private static double ofA(List<SampledNote> notes) {
        return notes.stream()
                .filter(note -> note.note().id().startsWith("a"))
                .mapToDouble(SampledNote::weight)
                .sum();
    }
}
