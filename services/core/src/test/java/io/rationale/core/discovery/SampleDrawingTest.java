package io.rationale.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rationale.core.note.Note;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleDrawingTest {
    private static final SampleDrawing.Limits SMALL =
            new SampleDrawing.Limits(200, 1L << 20, 4, 16, Duration.ofDays(30));

    @Test
    void shouldTakeAllNotesWhereTheyAreFew() {
        // given
        SampleDrawing drawing = new SampleDrawing(1, SampleDrawing.Limits.forNotes(100));
        Notes.of(20, "late", "wrong").forEach(drawing::add);

        // when
        NoteSample sample = drawing.draw(100);

        // then
        assertThat(sample.population()).isEqualTo(40);
        assertThat(sample.notes()).hasSize(40).allSatisfy(note -> {
            assertThat(note.weight()).isEqualTo(1);
            assertThat(note.multiplicity()).isEqualTo(1);
        });
    }

    @Test
    void shouldNotDependOnTheOrderOfNotes() {
        // given
        List<Note> notes = Notes.of(500, "late", "wrong");
        List<Note> shuffled = new ArrayList<>(notes);
        Collections.shuffle(shuffled, new Random(3));

        // when
        NoteSample one = drawn(notes, 5, 60);
        NoteSample other = drawn(shuffled, 5, 60);

        // then
        assertThat(one.notes()).containsExactlyInAnyOrderElementsOf(other.notes());
        assertThat(drawn(notes, 6, 60).notes()).isNotEqualTo(one.notes());
    }

    @Test
    void shouldKeepNotesOfEveryStratum() {
        // given
        SampleDrawing drawing = new SampleDrawing(1, SMALL);
        Notes.of(5000, "late").forEach(drawing::add);
        Note rare = Note.of("rare", "other-system", "Something else altogether, told by another system.");
        drawing.add(rare);

        // when
        NoteSample sample = drawing.draw(1000);

        // then
        assertThat(sample.notes())
                .anySatisfy(note -> assertThat(note.note()).isEqualTo(rare))
                .hasSizeLessThanOrEqualTo(205);
    }

    /** Of 2,000 notes 10 % have a topic, in strata of very different sizes: the mean of many estimates is 10 %. */
    @Test
    void shouldEstimateSharesWithoutBias() {
        // given
        List<Note> notes = new ArrayList<>();
        List<Note> plain = Notes.of(1800, "late");
        List<Note> rare = Notes.of(200, "wrong");
        for (int i = 0; i < 2000; i++) {
            Note note = i < 200 ? rare.get(i) : plain.get(i - 200);
            String source = i < 200 && i % 2 == 0 ? "tiny-" + i % 10 : "big";
            notes.add(Note.of(note.id(), source, note.text()));
        }

        // when
        double sum = 0;
        int rounds = 150;
        for (int seed = 0; seed < rounds; seed++) {
            SampleDrawing drawing =
                    new SampleDrawing(seed, new SampleDrawing.Limits(100, 1L << 20, 4, 16, Duration.ofDays(30)));
            notes.forEach(drawing::add);
            NoteSample sample = drawing.draw(60);
            sum += share(sample, "wrong");
        }

        // then
        assertThat(sum / rounds).isCloseTo(0.1, within(0.012));
    }

    @Test
    void shouldFoldTheSameAndKeepItsWeight() {
        // given
        List<Note> notes = new ArrayList<>(Notes.of(100, "late"));
        for (int i = 0; i < 300; i++) {
            notes.add(Note.of(
                    "same-" + i,
                    "test",
                    "The  answer names an office that was closed last year" + (i % 3 == 0 ? "." : "!")));
        }

        // when
        NoteSample sample = drawn(notes, 1, 50);

        // then
        assertThat(sample.notes()).hasSizeLessThanOrEqualTo(50);
        assertThat(sample.notes())
                .filteredOn(note -> note.note().id().startsWith("same"))
                .singleElement()
                .satisfies(note -> assertThat(note.weight() / total(sample)).isCloseTo(0.75, within(0.08)));
    }

    @Test
    void shouldKeepMemoryBounded() {
        // given
        SampleDrawing drawing = new SampleDrawing(1, new SampleDrawing.Limits(1000, 200_000, 1, 4, Duration.ofDays(1)));
        String text = "x".repeat(30_000);

        // when
        for (int i = 0; i < 3000; i++) {
            drawing.add(Note.of("n" + i, "s" + i, "note " + i + text));
        }

        // then
        NoteSample sample = drawing.draw(1000);
        assertThat(sample.drawn()).isLessThan(40);
        assertThat(sample.notes())
                .allSatisfy(note -> assertThat(note.note().text().length()).isLessThanOrEqualTo(4_000));
    }

    private static NoteSample drawn(List<Note> notes, long seed, int size) {
        SampleDrawing drawing = new SampleDrawing(seed, SMALL);
        notes.forEach(drawing::add);
        return drawing.draw(size);
    }

    private static double total(NoteSample sample) {
        return sample.notes().stream().mapToDouble(SampledNote::weight).sum();
    }

    private static double share(NoteSample sample, String topic) {
        return sample.notes().stream()
                        .filter(note -> note.note().text().startsWith(topic))
                        .mapToDouble(SampledNote::weight)
                        .sum()
                / sample.population();
    }
}
