package io.rationale.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.RepeatedTest;

/**
 * A partition whose records end out of order, with commits and crashes at random, beside a plain set of what is
 * finished. To repeat a failure, run with {@code -Drationale.seed=} and the seed that was printed.
 */
class OffsetLedgerSimulationTest {
    private static final int STEPS = 30_000;
    private static final int LOG = 6_000;

    private final long seed =
            Long.getLong("rationale.seed", ThreadLocalRandom.current().nextLong());
    private final Random random = new Random(seed);

    /** The offsets that hold a record; the others are transaction markers or compacted. */
    private final TreeSet<Long> records = new TreeSet<>();

    private final List<Long> inFlight = new ArrayList<>();
    private Set<Long> finished = new TreeSet<>();

    private int limit;
    private OffsetLedger ledger;
    private long position;
    private long committed;
    private String metadata = "";
    private Set<Long> finishedAtCommit = new TreeSet<>();

    @RepeatedTest(5)
    void shouldOfferNothingFinishedAndSkipNothingUnfinished() {
        // given
        System.out.println("OffsetLedgerSimulationTest seed " + seed);
        double holes = random.nextDouble() * 0.5;
        for (long offset = 0; offset < LOG; offset++) {
            if (random.nextDouble() >= holes) {
                records.add(offset);
            }
        }
        int patience = 1 + random.nextInt(400);
        limit = random.nextBoolean() ? OffsetLedger.MAX_METADATA : 8 + random.nextInt(60);
        ledger = OffsetLedger.startingAt(0, limit);

        // when
        for (int step = 0; step < STEPS; step++) {
            int kind = random.nextInt(1_000);
            if (kind < 2) {
                crash();
            } else if (kind < 50) {
                commit();
            } else if (kind < 520 && inFlight.size() < patience) {
                pollNext();
            } else {
                finishOne();
            }

            // then
            verifyWatermark(step);
        }
    }

    /** Fills the ledger to the brim again and again, ends some of it in a random order, and looks after each. */
    @RepeatedTest(5)
    void shouldKeepWithinTheLimitInWhateverOrderWorkEnds() {
        // given
        System.out.println("OffsetLedgerSimulationTest seed " + seed);
        limit = 3 + random.nextInt(random.nextBoolean() ? 40 : 300);
        ledger = OffsetLedger.startingAt(0, limit);
        int widestGap = 1 << random.nextInt(20);

        // when
        for (int round = 0; round < 60; round++) {
            boolean isGappy = random.nextInt(3) == 0;
            for (long next = position; ledger.hasRoom(next); next = position + gap(isGappy, widestGap)) {
                ledger.accept(next);
                inFlight.add(next);
                position = next + 1;
            }
            Collections.shuffle(inFlight, random);
            inFlight.sort(order());
            int left = random.nextInt(inFlight.size());
            while (inFlight.size() > left) {
                Long done = inFlight.removeLast();
                ledger.finish(done);
                finished.add(done);

                // then
                String written = ledger.metadata();
                assertThat(written.length()).as("seed %s", seed).isLessThanOrEqualTo(limit);
                OffsetLedger restored = OffsetLedger.restore(ledger.watermark(), written, limit);
                assertThat(restored.metadata()).as("seed %s", seed).isEqualTo(written);
                assertThat(restored.isFinished(done)).as("seed %s", seed).isTrue();
                assertThat(inFlight.stream().anyMatch(restored::isFinished))
                        .as("seed %s", seed)
                        .isFalse();
            }
        }
        assertThat(finished.stream().allMatch(ledger::isFinished))
                .as("seed %s", seed)
                .isTrue();
    }

    private int gap(boolean isGappy, int widest) {
        return isGappy ? random.nextInt(widest) : 0;
    }

    /** The last first, every second first, or as they come. */
    private Comparator<Long> order() {
        return switch (random.nextInt(3)) {
            case 0 -> Comparator.naturalOrder();
            case 1 -> Comparator.comparing(offset -> offset % 2);
            default -> (a, b) -> 0;
        };
    }

    private void pollNext() {
        Long next = records.ceiling(position);
        if (next == null || !ledger.hasRoom(next)) {
            return;
        }
        boolean offered = ledger.accept(next);
        assertThat(offered).as("offset %s is offered, seed %s", next, seed).isEqualTo(!finished.contains(next));
        if (offered) {
            inFlight.add(next);
        }
        position = next + 1;
    }

    /** Mostly a young one, so that old ones stay stuck. */
    private void finishOne() {
        if (inFlight.isEmpty()) {
            return;
        }
        int young = Math.max(0, inFlight.size() - 1 - (int) Math.abs(random.nextGaussian() * 10));
        Long done = inFlight.remove(random.nextInt(4) == 0 ? random.nextInt(inFlight.size()) : young);
        ledger.finish(done);
        finished.add(done);
    }

    private void commit() {
        committed = ledger.watermark();
        metadata = ledger.metadata();
        finishedAtCommit = new TreeSet<>(finished);
    }

    private void crash() {
        ledger = OffsetLedger.restore(committed, metadata, limit);
        position = committed;
        finished = new TreeSet<>(finishedAtCommit);
        inFlight.clear();
    }

    /** Everything before it is finished, and between it and the first unfinished record lie only holes. */
    private void verifyWatermark(int step) {
        long watermark = ledger.watermark();
        Long record = records.ceiling(watermark);
        Long last = records.lower(watermark);
        assertThat(record == null || !finished.contains(record))
                .as("watermark %s lags, step %s, seed %s", watermark, step, seed)
                .isTrue();
        assertThat(last == null || finished.contains(last))
                .as("watermark %s is ahead, step %s, seed %s", watermark, step, seed)
                .isTrue();
        assertThat(inFlight.stream().allMatch(offset -> offset >= watermark))
                .as("watermark %s passes work, step %s, seed %s", watermark, step, seed)
                .isTrue();
        assertThat(ledger.unfinished()).isEqualTo(inFlight.size());
        assertThat(ledger.metadata().length())
                .as("step %s, seed %s", step, seed)
                .isLessThanOrEqualTo(limit);
    }
}
