package io.rationale.core.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionTest {
    @Test
    void shouldAddUpPairs() {
        // given
        Confusion confusion = new Confusion(List.of(
                new Confusion.Cell("other", "no-error", 2),
                new Confusion.Cell("no-error", "no-error", 5),
                new Confusion.Cell("other", "no-error", 1),
                new Confusion.Cell("other", "other", 4)));

        // then
        assertThat(confusion.pairs()).isEqualTo(12);
        assertThat(confusion.agreed()).isEqualTo(9);
        assertThat(confusion.said("other")).isEqualTo(7);
        assertThat(confusion.is("no-error")).isEqualTo(8);
        assertThat(confusion.count("other", "no-error")).isEqualTo(3);
        assertThat(confusion.count("no-error", "other")).isZero();
        assertThat(confusion.said("chunking")).isZero();
        assertThat(confusion.is("chunking")).isZero();
        assertThat(confusion.categories()).containsExactly("no-error", "other");
        assertThat(confusion.cells())
                .containsExactly(
                        new Confusion.Cell("no-error", "no-error", 5),
                        new Confusion.Cell("other", "no-error", 3),
                        new Confusion.Cell("other", "other", 4));
    }

    @Test
    void shouldKnowNoCellWithoutNotes() {
        assertThat(new Confusion(List.of()).pairs()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new Confusion.Cell("a", "b", 0));
    }
}
