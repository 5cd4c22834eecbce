package io.rationale.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotQueueTest {
    private final List<String> granted = new ArrayList<>();

    @Test
    void shouldGrantSlotsInTheOrderOfArrivalAndSkipWhoHasLeft() {
        // given
        SlotQueue queue = new SlotQueue(1);
        SlotQueue.Ticket first = queue.enter(() -> granted.add("first"));
        SlotQueue.Ticket second = queue.enter(() -> granted.add("second"));
        queue.enter(() -> granted.add("third"));
        queue.enter(() -> granted.add("fourth"));

        // when
        second.leave();
        first.leave();
        first.leave();

        // then
        assertThat(granted).containsExactly("first", "third");
        assertThat(queue.busy()).isEqualTo(1);
        assertThat(queue.waiting()).isEqualTo(1);
    }
}
