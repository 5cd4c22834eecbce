package io.rationale.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rationale.simulator.SimulatorStats;
import io.rationale.simulator.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A node on a clock that only the test moves. */
class NodeTest {
    private static final long SECOND = 1_000_000_000;

    private long now;

    @Test
    void shouldMeasureLoadExactly() {
        // given
        Node node = node(2, 1);
        List<SlotQueue.Ticket> tickets = new ArrayList<>();

        // when
        passSeconds(1);
        enter(node, tickets);
        passSeconds(2);
        enter(node, tickets);
        enter(node, tickets);
        enter(node, tickets);
        passSeconds(3);
        tickets.get(0).leave();
        passSeconds(4);
        tickets.get(1).leave();
        tickets.get(2).leave();
        tickets.get(3).leave();
        passSeconds(10);
        SimulatorStats stats = node.stats();

        // then
        assertThat(stats.elapsedSeconds()).isEqualTo(20);
        assertThat(stats.slotSeconds()).isEqualTo(40);
        assertThat(stats.busySlotSeconds()).isEqualTo(2 + 2 * 3 + 2 * 4);
        assertThat(stats.busyShare()).isEqualTo(16.0 / 40);
        assertThat(stats.queuedSeconds()).isEqualTo(2 * 3 + 4);
        assertThat(stats.meanQueue()).isEqualTo(0.5);
        assertThat(stats.maxQueue()).isEqualTo(2);
        assertThat(stats.busy()).isZero();
    }

    @Test
    void shouldCountWhatIsServedSinceTheLastReset() {
        // given
        Node node = node(1, 1);
        node.requested();
        node.served(new Served(9, 9, 9, 9, 9));
        passSeconds(5);
        node.reset();

        // when
        node.requested();
        node.given(Set.of(Fault.DRIP));
        node.served(new Served(2, 100, 16, 30, 10));
        passSeconds(1);
        SimulatorStats all = SimulatorStats.of(List.of(node.stats(), node.stats()));

        // then
        assertThat(all.requests()).isEqualTo(2);
        assertThat(all.notes()).isEqualTo(4);
        assertThat(all.promptTokens()).isEqualTo(200);
        assertThat(all.cachedTokens()).isEqualTo(32);
        assertThat(all.reasoningTokens()).isEqualTo(60);
        assertThat(all.answerTokens()).isEqualTo(20);
        assertThat(all.faults()).isEqualTo(Map.of("drip", 2L));
        assertThat(all.elapsedSeconds()).isEqualTo(1);
        assertThat(all.slotSeconds()).isEqualTo(2);
        assertThat(all.nodes()).hasSize(2);
    }

    @Test
    void shouldReadThePromptAndThenWriteAtThePaceOfTheLoad() {
        // given
        Node node = node(8, 1);
        List<SlotQueue.Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            enter(node, tickets);
        }
        Progress progress = node.begin(15_000);

        // when, then
        assertThat(progress.nanosUntil(0)).isEqualTo(SECOND);
        assertThat(progress.nanosUntil(100)).isEqualTo(SECOND + 100 * 20_000_000L);
        passSeconds(2);
        assertNanos(progress.nanosUntil(50), 0);
        assertNanos(progress.nanosUntil(100), SECOND);

        // when all slots are busy, a token takes ten times as long
        for (int i = 0; i < 4; i++) {
            enter(node, tickets);
        }
        assertNanos(progress.nanosUntil(100), 10 * SECOND);
        passSeconds(4);
        assertNanos(progress.nanosUntil(70), 0);

        // when they are free again, what is left is fast
        tickets.subList(4, 8).forEach(SlotQueue.Ticket::leave);
        assertNanos(progress.nanosUntil(100), 30 * 20_000_000L);

        // when the node is slow
        node.slowDown(10);
        assertNanos(progress.nanosUntil(100), 30 * 200_000_000L);
    }

    @Test
    void shouldRiseLinearlyFromFourRequestsToAllSlots() {
        // given
        TimeModel model = new TimeModel(20, 200, 15_000, 32, 10);

        // when, then
        assertThat(model.tokenNanos(1)).isEqualTo(2e6);
        assertThat(model.tokenNanos(4)).isEqualTo(2e6);
        assertThat(model.tokenNanos(18)).isEqualTo(11e6);
        assertThat(model.tokenNanos(32)).isEqualTo(20e6);
        assertThat(model.prefillNanos(15_000)).isEqualTo(SECOND / 10);
        assertThat(new TimeModel(20, 200, 15_000, 4, 1).tokenNanos(4)).isEqualTo(20e6);
    }

    private void passSeconds(int seconds) {
        now += seconds * SECOND;
    }

    private Node node(int slots, double speedUp) {
        return new Node(new TimeModel(20, 200, 15_000, slots, speedUp), OptionalInt.empty(), () -> now);
    }

    private static void enter(Node node, List<SlotQueue.Ticket> tickets) {
        tickets.add(node.enter(() -> {}).orElseThrow());
    }

    private static void assertNanos(long nanos, long expected) {
        assertThat(nanos).isCloseTo(expected, within(1_000L));
    }
}
