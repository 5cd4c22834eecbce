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
    @ValueSource(strings = {"somebody else's", "r1:", "r1:!!", "r2:AQE", "r1:gA", "r1:AQ", "r1:AAA", "r1:AQEB"})
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
            assertThat(ledger.hasRoom()).isTrue();
            ledger.accept(offset);
            ledger.finish(offset);
        }

        // then
        assertThat(ledger.watermark()).isZero();
        assertThat(ledger.metadata()).hasSizeLessThanOrEqualTo(BROKER_LIMIT);
        OffsetLedger restored = OffsetLedger.restore(0, ledger.metadata());
        assertThat(restored.accept(0)).isTrue();
        assertThat(restored.accept(1)).isFalse();
        assertThat(restored.accept(10_000)).isFalse();
        assertThat(restored.accept(10_001)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 128, 129, 16_385, 2_000_001})
    void shouldKeepTheMetadataWithinTheBrokersLimitAtWorst(long step) {
        // given
        OffsetLedger ledger = OffsetLedger.startingAt(0);

        // when
        long stuck = 0;
        while (ledger.hasRoom()) {
            ledger.accept(stuck);
            ledger.accept(stuck + step - 1);
            ledger.finish(stuck + step - 1);
            stuck += step;
        }

        // then
        assertThat(ledger.unfinished()).isEqualTo(OffsetLedger.MAX_UNFINISHED);
        assertThat(ledger.metadata()).hasSizeLessThanOrEqualTo(BROKER_LIMIT);
        OffsetLedger restored = OffsetLedger.restore(ledger.watermark(), ledger.metadata());
        assertThat(restored.metadata()).isEqualTo(ledger.metadata());
    }

    @Test
    void shouldHaveRoomAgainWhenOneEnds() {
        // given
        OffsetLedger ledger = OffsetLedger.startingAt(0);
        for (long offset = 0; ledger.hasRoom(); offset++) {
            ledger.accept(offset);
        }

        // when
        ledger.finish(300);

        // then
        assertThat(ledger.hasRoom()).isTrue();
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
