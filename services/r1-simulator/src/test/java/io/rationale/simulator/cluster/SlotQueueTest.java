package io.rationale.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SlotQueueTest {
    private final List<String> granted = new ArrayList<>();
    private final Load load = new Load(new TimeModel(20, 200, 15_000, 1, 1), () -> 0);

    @Test
    void shouldGrantSlotsInTheOrderOfArrivalAndSkipWhoHasLeft() {
        // given
        SlotQueue queue = new SlotQueue(1, OptionalInt.empty(), load);
        SlotQueue.Ticket first = queue.enter(() -> granted.add("first")).orElseThrow();
        SlotQueue.Ticket second = queue.enter(() -> granted.add("second")).orElseThrow();
        queue.enter(() -> granted.add("third"));
        queue.enter(() -> granted.add("fourth"));

        // when
        second.leave();
        first.leave();
        first.leave();

        // then
        assertThat(granted).containsExactly("first", "third");
        assertThat(load.read().busy()).isEqualTo(1);
        assertThat(load.read().waiting()).isEqualTo(1);
        assertThat(load.read().mostWaiting()).isEqualTo(3);
    }

    @Test
    void shouldTurnAwayWhoeverFindsTheQueueFull() {
        // given
        SlotQueue queue = new SlotQueue(1, OptionalInt.of(1), load);
        queue.enter(() -> granted.add("first"));
        SlotQueue.Ticket second = queue.enter(() -> granted.add("second")).orElseThrow();

        // when
        boolean third = queue.enter(() -> granted.add("third")).isPresent();
        second.leave();
        boolean fourth = queue.enter(() -> granted.add("fourth")).isPresent();

        // then
        assertThat(third).isFalse();
        assertThat(fourth).isTrue();
        assertThat(granted).containsExactly("first");
    }
}
