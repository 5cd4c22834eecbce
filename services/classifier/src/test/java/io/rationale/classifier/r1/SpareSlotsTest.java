package io.rationale.classifier.r1;

import static io.rationale.classifier.r1.SpareSlots.Use.DISCOVERY;
import static io.rationale.classifier.r1.SpareSlots.Use.RECLASSIFICATION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpareSlotsTest {
    private final AtomicInteger capacity = new AtomicInteger(8);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final SpareSlots slots = new SpareSlots(capacity::get, calls::get, waiting::get, now::get);

    @Test
    void shouldLeaveNothingWhileANewNoteWaits() {
        // given
        waiting.set(1);

        // then
        assertThat(slots.most(DISCOVERY)).isZero();
        assertThat(slots.most(RECLASSIFICATION)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"8, 0, 7", "8, 3, 4", "8, 7, 0", "8, 9, 0", "2, 0, 1", "1, 0, 1", "1, 1, 0", "0, 0, 0"})
    void shouldKeepASlotFreeForNewNotes(int all, int taken, int left) {
        // given
        capacity.set(all);
        calls.set(taken);

        // then
        assertThat(slots.most(RECLASSIFICATION)).isEqualTo(left);
    }

    @Test
    void shouldGiveOneUseWhatTheOtherDoesNotWant() {
        // given
        capacity.set(9);
        slots.register(DISCOVERY, () -> 1, () -> 1);
        slots.register(RECLASSIFICATION, () -> 0, () -> 100);

        // then
        assertThat(slots.most(RECLASSIFICATION)).isEqualTo(6);
    }

    @Test
    void shouldGiveEachHalfWhereBothWantAll() {
        // given
        capacity.set(9);
        slots.register(DISCOVERY, () -> 0, () -> 100);
        slots.register(RECLASSIFICATION, () -> 0, () -> 100);

        // then
        assertThat(slots.most(RECLASSIFICATION)).isEqualTo(4);
        assertThat(slots.most(DISCOVERY)).isBetween(4, 5);
    }

    @Test
    void shouldNotTakeWhatIsInUse() {
        // given
        capacity.set(9);
        slots.register(DISCOVERY, () -> 7, () -> 100);
        slots.register(RECLASSIFICATION, () -> 0, () -> 100);

        // then
        assertThat(slots.most(RECLASSIFICATION)).isEqualTo(1);
    }

    @Test
    void shouldTakeTurnsWithASingleSlot() {
        // given
        capacity.set(1);
        slots.register(DISCOVERY, () -> 0, () -> 4);
        slots.register(RECLASSIFICATION, () -> 0, () -> 100);

        // then
        assertThat(slots.most(DISCOVERY) + slots.most(RECLASSIFICATION)).isEqualTo(1);
        int first = slots.most(DISCOVERY);
        now.set(Instant.EPOCH.plusSeconds(60));
        assertThat(slots.most(DISCOVERY)).isEqualTo(1 - first);
        assertThat(slots.most(RECLASSIFICATION)).isEqualTo(first);
    }
}
