package io.rationale.simulator.http;

import io.rationale.simulator.chat.ChatModel;
import io.rationale.simulator.cluster.Node;
import io.rationale.simulator.profile.Dialect;
import io.rationale.simulator.profile.NodeView;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What the handlers of one simulated server share.
 *
 * @param node    its slots, queue, pace and counters
 * @param port    where it listens
 * @param speedUp what times are divided by
 * @param apiKey  what a client has to present
 * @param clock   dates the answers
 * @param ids     a new completion id at each call, as a number
 */
record Server(
        Vertx vertx,
        WorkerExecutor workers,
        Dialect dialect,
        ChatModel model,
        Node node,
        NodeServer port,
        double speedUp,
        Optional<String> apiKey,
        Clock clock,
        LongSupplier ids) {

    /** A real server's time on the simulator's clock, for a timer: never less than a millisecond. */
    long timerMillis(double realMillis) {
        return Math.max(1, (long) (realMillis / speedUp));
    }

    NodeView view() {
        return new NodeView(
                model.name(), model.context(), node.slots(), clock.instant().getEpochSecond(), node.stats());
    }
}
