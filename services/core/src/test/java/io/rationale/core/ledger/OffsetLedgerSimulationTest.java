package io.rationale.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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

    private OffsetLedger ledger = OffsetLedger.startingAt(0);
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

    private void pollNext() {
        Long next = records.ceiling(position);
        if (next == null || !ledger.hasRoom()) {
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
        assertThat(metadata).hasSizeLessThanOrEqualTo(4_096);
    }

    private void crash() {
        ledger = OffsetLedger.restore(committed, metadata);
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
    }
}
