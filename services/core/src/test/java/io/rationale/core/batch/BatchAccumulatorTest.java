package io.rationale.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class BatchAccumulatorTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration LINGER = Duration.ofMillis(500);

    /** An item is as many tokens as its value says. */
    private final BatchAccumulator<Integer> accumulator =
            new BatchAccumulator<>(() -> new BatchAccumulator.Limits(3, 100, LINGER), tokens -> tokens);

    @Test
    void shouldCutByCountInTheOrderOfArrival() {
        // given
        add(NOON, 1, 2, 3, 4);

        // when
        Optional<List<Integer>> batch = accumulator.poll(NOON);

        // then
        assertThat(batch).contains(List.of(1, 2, 3));
        assertThat(accumulator.size()).isOne();
        assertThat(accumulator.poll(NOON)).isEmpty();
    }

    @Test
    void shouldCutAsSoonAsTheCountIsReached() {
        // given
        add(NOON, 1, 2);
        assertThat(accumulator.poll(NOON)).isEmpty();
        add(NOON, 3);

        // when
        Optional<List<Integer>> batch = accumulator.poll(NOON);

        // then
        assertThat(batch).contains(List.of(1, 2, 3));
        assertThat(accumulator.size()).isZero();
    }

    @Test
    void shouldCutByTokensBeforeTheOneThatDoesNotFit() {
        // given
        add(NOON, 60, 60);

        // when
        Optional<List<Integer>> batch = accumulator.poll(NOON);

        // then
        assertThat(batch).contains(List.of(60));
        assertThat(accumulator.poll(NOON)).isEmpty();
    }

    @Test
    void shouldFillABatchToExactlyItsTokens() {
        // given
        add(NOON, 60, 40);

        // when
        Optional<List<Integer>> batch = accumulator.poll(NOON);

        // then
        assertThat(batch).contains(List.of(60, 40));
    }

    @Test
    void shouldMakeABatchOfOneThatIsTooLargeForAny() {
        // given
        add(NOON, 10, 1_000, 20);

        // when
        Optional<List<Integer>> before = accumulator.poll(NOON);
        Optional<List<Integer>> large = accumulator.poll(NOON);

        // then
        assertThat(before).contains(List.of(10));
        assertThat(large).contains(List.of(1_000));
        assertThat(accumulator.poll(NOON)).isEmpty();
        assertThat(accumulator.poll(NOON.plus(LINGER))).contains(List.of(20));
    }

    @Test
    void shouldWaitForCompanyNoLongerThanTheLinger() {
        // given
        add(NOON, 1);
        add(NOON.plusMillis(400), 2);

        // when
        Optional<List<Integer>> early = accumulator.poll(NOON.plusMillis(499));
        Optional<List<Integer>> due = accumulator.poll(NOON.plusMillis(500));

        // then
        assertThat(early).isEmpty();
        assertThat(due).contains(List.of(1, 2));
    }

    @Test
    void shouldLetWhatIsLeftOverWaitFromItsOwnArrival() {
        // given
        add(NOON, 1, 2);
        add(NOON.plusMillis(300), 3, 4);
        accumulator.poll(NOON.plusMillis(300));

        // when
        Optional<List<Integer>> early = accumulator.poll(NOON.plusMillis(799));
        Optional<List<Integer>> due = accumulator.poll(NOON.plusMillis(800));

        // then
        assertThat(early).isEmpty();
        assertThat(due).contains(List.of(4));
    }

    @Test
    void shouldForgetWhatWasRemovedInCountAndTokens() {
        // given
        add(NOON, 60, 1, 39);

        // when
        accumulator.removeIf(item -> item == 60);

        // then
        assertThat(accumulator.size()).isEqualTo(2);
        assertThat(accumulator.poll(NOON)).isEmpty();
        assertThat(accumulator.poll(NOON.plus(LINGER))).contains(List.of(1, 39));
        assertThat(accumulator.poll(NOON.plus(LINGER))).isEmpty();
    }

    @Test
    void shouldRefuseLimitsThatNoBatchCanMeet() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchAccumulator.Limits(0, 1, LINGER));
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchAccumulator.Limits(1, 0, LINGER));
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchAccumulator.Limits(1, 1, LINGER.negated()));
    }

    @Test
    void shouldKeepOrderLimitsAndLingerForHoursOfRandomArrivals() {
        // given
        long seed = Long.getLong("rationale.seed", ThreadLocalRandom.current().nextLong());
        System.out.println("BatchAccumulatorTest seed " + seed);
        Random random = new Random(seed);
        List<Integer> arrived = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        List<Instant> since = new ArrayList<>();
        Instant now = NOON;

        for (int step = 0; step < 20_000; step++) {
            // when
            now = now.plusMillis(random.nextInt(400));
            int tokens = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 60);
            accumulator.add(tokens, now);
            arrived.add(tokens);
            since.add(now);
            for (var batch = accumulator.poll(now); batch.isPresent(); batch = accumulator.poll(now)) {
                left.addAll(batch.get());
                int sum = batch.get().stream().mapToInt(i -> i).sum();
                assertThat(batch.get()).as("seed %s", seed).hasSizeBetween(1, 3);
                assertThat(sum <= 100 || batch.get().size() == 1)
                        .as("seed %s", seed)
                        .isTrue();
            }

            // then
            assertThat(arrived.size() - left.size()).isEqualTo(accumulator.size());
            if (accumulator.size() > 0) {
                assertThat(since.get(left.size()).plus(LINGER))
                        .as("seed %s", seed)
                        .isAfter(now);
            }
        }
        assertThat(left).isEqualTo(arrived.subList(0, left.size()));
    }

    private void add(Instant now, int... items) {
        for (int item : items) {
            accumulator.add(item, now);
        }
    }
}
