package io.rationale.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CategoryCountTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void shouldComeBackToWhatItWasWhenANoteIsTakenOut() {
        // given
        CategoryCount before = count(2, 1.5, 10, Map.of("r1", 2L));
        CategoryCount note = count(1, 0.5, 4, Map.of("other", 1L));

        // when
        CategoryCount after = before.plus(note).plus(note.negated());

        // then
        assertThat(after).isEqualTo(before);
    }

    @Test
    void shouldAddUpEveryNumber() {
        // when
        CategoryCount sum = count(2, 1.5, 10, Map.of("r1", 2L)).plus(count(1, 0.5, 4, Map.of("r1", 1L)));

        // then
        assertThat(sum).isEqualTo(count(3, 2, 14, Map.of("r1", 3L)));
    }

    @Test
    void shouldNameItsWindowsAndTheirStart() {
        assertThat(Window.of("24h").orElseThrow().start(NOON)).contains(NOON.minus(Duration.ofDays(1)));
        assertThat(Window.of("1h").orElseThrow().start(NOON)).contains(NOON.minus(Duration.ofHours(1)));
        assertThat(Window.of("7d").orElseThrow().start(NOON)).contains(NOON.minus(Duration.ofDays(7)));
        assertThat(Window.of("all").orElseThrow().start(NOON)).isEmpty();
        assertThat(Window.of("2h")).isEmpty();
    }

    private static CategoryCount count(long notes, double agreement, double tokens, Map<String, Long> models) {
        Usage usage = new Usage(tokens, 2 * tokens, tokens, 0);
        return new CategoryCount(NOON, new TaxonomyRef("t", 1), "other", "s", notes, agreement, usage, models);
    }
}
