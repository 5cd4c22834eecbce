package io.rationale.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetLedgerTest {
    /** {@code offset.metadata.max.bytes} of a broker as it is shipped. */
    private static final int BROKER_LIMIT = 4_096;

    @Test
    void shouldMoveTheWatermarkWithWorkThatEndsInOrder() {
        // given
        OffsetLedger ledger = accepted(OffsetLedger.startingAt(10), 10, 11, 12);

        // when
        finish(ledger, 10, 11);

        // then
        assertThat(ledger.watermark()).isEqualTo(12);
        assertThat(ledger.metadata()).isEmpty();
        assertThat(ledger.unfinished()).isOne();
    }

    @Test
    void shouldKeepTheWatermarkAtTheFirstUnfinishedOffset() {
        // given
        OffsetLedger ledger = accepted(OffsetLedger.startingAt(0), 0, 1, 2, 3);

        // when
        finish(ledger, 3, 1);

        // then
        assertThat(ledger.watermark()).isZero();
        assertThat(ledger.isFinished(0)).isFalse();
        assertThat(ledger.isFinished(1)).isTrue();
        assertThat(ledger.isFinished(2)).isFalse();
        assertThat(ledger.isFinished(3)).isTrue();
    }

    @Test
    void shouldPassEverythingFinishedWhenTheFirstOneEnds() {
        // given
        OffsetLedger ledger = accepted(OffsetLedger.startingAt(0), 0, 1, 2, 3);
        finish(ledger, 3, 1, 2);

        // when
        ledger.finish(0);

        // then
        assertThat(ledger.watermark()).isEqualTo(4);
        assertThat(ledger.metadata()).isEmpty();
    }

    @Test
    void shouldCountOffsetsWithoutARecordAsFinished() {
        // given
        OffsetLedger ledger = accepted(OffsetLedger.startingAt(5), 7, 9, 12);

        // when
        finish(ledger, 7, 9);

        // then
        assertThat(ledger.watermark()).isEqualTo(12);
    }

    @Test
    void shouldNotCommitBeyondWhatWasSeen() {
        // given
        OffsetLedger ledger = accepted(OffsetLedger.startingAt(5), 5);

        // when
        ledger.finish(5);

        // then
        assertThat(ledger.watermark()).isEqualTo(6);
        assertThat(ledger.isFinished(6)).isFalse();
    }

    @Test
    void shouldIgnoreOffsetsThatItNeverAccepted() {
        // given
        OffsetLedger ledger = accepted(OffsetLedger.startingAt(0), 0);

        // when
        finish(ledger, 7, -1);

        // then
        assertThat(ledger.watermark()).isZero();
        assertThat(ledger.metadata()).isEmpty();
    }

    @Test
    void shouldSkipWhatItsPredecessorFinished() {
        // given
        OffsetLedger before = accepted(OffsetLedger.startingAt(0), 0, 1, 2, 3, 4);
        finish(before, 1, 3);

        // when
        OffsetLedger restored = OffsetLedger.restore(before.watermark(), before.metadata());

        // then
        assertThat(restored.accept(0)).isTrue();
        assertThat(restored.accept(1)).isFalse();
        assertThat(restored.accept(2)).isTrue();
        assertThat(restored.accept(3)).isFalse();
        assertThat(restored.accept(4)).isTrue();
    }

    @Test
    void shouldStillSkipWhatItsPredecessorFinishedAfterItsOwnFirstOneEnded() {
        // given
        OffsetLedger before = accepted(OffsetLedger.startingAt(0), 0, 1, 2);
        finish(before, 1, 2);
        OffsetLedger restored = OffsetLedger.restore(before.watermark(), before.metadata());
        restored.accept(0);

        // when
        restored.finish(0);

        // then
        assertThat(restored.watermark()).isEqualTo(3);
        assertThat(restored.watermark()).as("asked again").isEqualTo(3);
        assertThat(restored.accept(1)).isFalse();
        assertThat(restored.accept(2)).isFalse();
        assertThat(restored.accept(3)).isTrue();
    }

    @Test
    void shouldPassOnWhatAPredecessorFinishedThoughNothingWasAcceptedYet() {
        // given
        OffsetLedger first = accepted(OffsetLedger.startingAt(0), 0, 1, 2, 3);
        finish(first, 2);

        // when
        OffsetLedger second = OffsetLedger.restore(first.watermark(), first.metadata());

        // then
        assertThat(second.watermark()).isEqualTo(first.watermark());
        assertThat(second.metadata()).isEqualTo(first.metadata());
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "somebody else's",
                "r1:",
                "r1:!!",
                "r2:AQE",
                "r1:gA",
                "r1:AQ",
                "r1:AAA",
                "r1:AQEB",
                "b1:",
                "b1:AA",
                "b1:AQ",
                "b1:!!",
                "b1"
            })
    void shouldTakeForeignOrDamagedMetadataForNone(String metadata) {
        // when
        OffsetLedger ledger = OffsetLedger.restore(7, metadata);

        // then
        assertThat(ledger.watermark()).isEqualTo(7);
        assertThat(ledger.metadata()).isEmpty();
        assertThat(ledger.accept(7)).isTrue();
        assertThat(ledger.accept(8)).isTrue();
    }

    @Test
    void shouldTakeLengthsBeyondAnyOffsetForNone() {
        // given
        byte[] bytes = new byte[24];
        java.util.Arrays.fill(bytes, (byte) 0xFF);
        bytes[11] = 0x7F;
        bytes[23] = 0x7F;
        String metadata = "r1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

        // when
        OffsetLedger ledger = OffsetLedger.restore(7, metadata);

        // then
        assertThat(ledger.watermark()).isEqualTo(7);
        assertThat(ledger.accept(8)).isTrue();
    }

    @Test
    void shouldHoldTenThousandFinishedBehindOneThatIsStuck() {
        // given
        OffsetLedger ledger = OffsetLedger.startingAt(0);
        ledger.accept(0);

        // when
        for (long offset = 1; offset <= 10_000; offset++) {
            assertThat(ledger.hasRoom(offset)).isTrue();
            ledger.accept(offset);
            ledger.finish(offset);
        }

        // then
        assertThat(ledger.watermark()).isZero();
        assertThat(ledger.span()).isEqualTo(10_001);
        assertThat(ledger.metadata()).hasSizeLessThan(10);
        OffsetLedger restored = OffsetLedger.restore(0, ledger.metadata());
        assertThat(restored.accept(0)).isTrue();
        assertThat(restored.accept(1)).isFalse();
        assertThat(restored.accept(10_000)).isFalse();
        assertThat(restored.accept(10_001)).isTrue();
    }

    @Test
    void shouldTakeInAsManyAsThereAreBits() {
        // given
        OffsetLedger ledger = OffsetLedger.startingAt(5);

        // when
        long offset = fill(ledger, 5);

        // then
        assertThat(ledger.unfinished()).isEqualTo(24_552);
        for (long every = 6; every < offset; every += 2) {
            ledger.finish(every);
        }
        assertThat(ledger.metadata()).startsWith("b1:");
        assertThat(ledger.metadata().length()).isBetween(BROKER_LIMIT - 3, BROKER_LIMIT);
        assertThat(OffsetLedger.restore(5, ledger.metadata()).metadata()).isEqualTo(ledger.metadata());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 127, 128, 129, 16_383, 16_384, 16_385, 2_097_151, 2_097_152, 50_000_000_000L})
    void shouldKeepTheMetadataWithinTheBrokersLimitWithFinishedRunsOf(long run) {
        // given
        OffsetLedger ledger = OffsetLedger.startingAt(0);

        // when
        long stuck = 0;
        while (ledger.hasRoom(stuck)) {
            ledger.accept(stuck);
            if (ledger.hasRoom(stuck + run)) {
                ledger.accept(stuck + run);
                ledger.finish(stuck + run);
            }
            stuck += run + 1;
        }

        // then
        assertThat(ledger.unfinished()).isGreaterThan(400);
        assertThat(ledger.metadata().length()).isLessThanOrEqualTo(BROKER_LIMIT);
        OffsetLedger restored = OffsetLedger.restore(ledger.watermark(), ledger.metadata());
        assertThat(restored.metadata()).isEqualTo(ledger.metadata());
        assertThat(restored.accept(0)).isTrue();
        assertThat(restored.accept(run)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 127, 128, 129, 1_000})
    void shouldKeepWithinTheLimitWhenEveryNthOfTheLastOnesEndsFarBeyondOneThatIsStuck(int step) {
        // given
        OffsetLedger ledger = OffsetLedger.startingAt(0);
        ledger.accept(0);
        ledger.accept(1_000_000);
        ledger.finish(1_000_000);
        long end = fill(ledger, 1_000_001);
        assertThat(end - 1_000_001).isEqualTo(3_069 - 1 - 3);

        // when
        for (int phase = 0; phase < step; phase++) {
            for (long each = 1_000_001 + phase; each < end; each += step) {
                ledger.finish(each);
                assertThat(ledger.metadata().length()).isLessThanOrEqualTo(BROKER_LIMIT);
            }
        }

        // then
        assertThat(ledger.unfinished()).isOne();
        assertThat(ledger.hasRoom(end)).isTrue();
    }

    @Test
    void shouldHaveRoomAgainWhenOneEnds() {
        // given
        OffsetLedger ledger = OffsetLedger.startingAt(0);
        long full = fill(ledger, 0);

        // when
        ledger.finish(0);

        // then
        assertThat(ledger.hasRoom(full)).isTrue();
        assertThat(ledger.hasRoom(full + 1)).isFalse();
    }

    @Test
    void shouldGoOnWithAPredecessorsMetadataThatIsLongerThanTheLimitOfNow() {
        // given
        OffsetLedger before = OffsetLedger.startingAt(0);
        for (long offset = 0; offset < 2_000; offset++) {
            before.accept(offset);
        }
        for (long offset = 1; offset < 2_000; offset += 2) {
            before.finish(offset);
        }
        OffsetLedger restored = OffsetLedger.restore(0, before.metadata(), 64);

        // when
        for (long offset = 0; offset < 2_000; offset++) {
            assertThat(restored.hasRoom(offset)).isTrue();
            if (restored.accept(offset)) {
                restored.finish(offset);
            }
            assertThat(restored.metadata())
                    .hasSizeLessThanOrEqualTo(before.metadata().length());
        }

        // then
        assertThat(restored.watermark()).isEqualTo(2_000);
        assertThat(restored.metadata()).isEmpty();
    }

    /** Accepts without finishing until the ledger has no room. */
    private static long fill(OffsetLedger ledger, long from) {
        long offset = from;
        while (ledger.hasRoom(offset)) {
            ledger.accept(offset++);
        }
        return offset;
    }

    private static OffsetLedger accepted(OffsetLedger ledger, long... offsets) {
        for (long offset : offsets) {
            assertThat(ledger.accept(offset)).isTrue();
        }
        return ledger;
    }

    private static void finish(OffsetLedger ledger, long... offsets) {
        for (long offset : offsets) {
            ledger.finish(offset);
        }
    }
}
