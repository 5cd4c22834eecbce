package io.rationale.console.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketsTest {
    @Test
    void shouldGiveEachClientItsShare() {
        // given
        Buckets buckets = Buckets.of(1, Duration.ofHours(1), 3);

        // when
        long[] waits =
                IntStream.range(0, 4).mapToLong(i -> Buckets.take(buckets, "a")).toArray();

        // then
        assertThat(waits).startsWith(0, 0, 0);
        assertThat(Duration.ofNanos(waits[3])).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(Buckets.take(buckets, "b")).isZero();
    }

    @Test
    void shouldLookWithoutTaking() {
        // given
        Buckets buckets = Buckets.of(1, Duration.ofHours(1), 1);

        // then
        assertThat(Buckets.look(buckets, "a")).isZero();
        assertThat(Buckets.isTouched(buckets, "a")).isFalse();
        assertThat(Buckets.take(buckets, "a")).isZero();
        assertThat(Buckets.look(buckets, "a")).isPositive();
        assertThat(Buckets.isTouched(buckets, "a")).isTrue();
    }

    @Test
    void shouldLimitNothingWithoutARate() {
        // given
        Buckets none = Buckets.of(0, Duration.ofSeconds(1), 1);

        // then
        assertThat(IntStream.range(0, 1_000).mapToLong(i -> Buckets.take(none, "a")))
                .containsOnly(0L);
        assertThat(Buckets.look(none, "a")).isZero();
    }
}
