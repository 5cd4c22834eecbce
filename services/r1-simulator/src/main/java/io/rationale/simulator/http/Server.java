package io.rationale.simulator.http;

import io.rationale.simulator.chat.ChatModel;
import io.rationale.simulator.cluster.LatencyModel;
import io.rationale.simulator.cluster.PrefixCache;
import io.rationale.simulator.cluster.SlotQueue;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What the handlers of one simulated server share.
 *
 * @param nanoClock as {@link System#nanoTime()}; paces the answers
 * @param clock     dates the answers
 * @param ids       a new completion id at each call, as a number
 */
public record Server(
        Vertx vertx,
        WorkerExecutor workers,
        ChatModel model,
        SlotQueue slots,
        PrefixCache prefixes,
        LatencyModel latency,
        Counters counters,
        LongSupplier nanoClock,
        Clock clock,
        LongSupplier ids) {}
