package io.rationale.simulator.http;

import io.rationale.simulator.chat.ChatModel.Prepared;
import io.rationale.simulator.chat.ChatRequest;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.cluster.SlotQueue;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * A completion on its way: through the queue into a slot, and out to the client as the time model allows. Everything
 * runs on the event loop of the connection. The slot is given back when the answer is sent or the client has gone,
 * whichever comes first.
 */
abstract class Generation {
    private static final long NO_TIMER = -1;

    protected final Server server;
    protected final HttpServerResponse response;
    protected final ChatRequest request;
    protected final Completion completion;
    protected final String id;
    protected final long created;
    protected int cachedTokens;

    private final Context context;
    private SlotQueue.Ticket ticket;
    private long timer = NO_TIMER;
    private boolean gone;
    private long decodingSince;

    Generation(Server server, HttpServerResponse response, Prepared prepared) {
        this.server = server;
        this.response = response;
        this.request = prepared.request();
        this.completion = prepared.completion();
        this.context = server.vertx().getOrCreateContext();
        this.created = server.clock().instant().getEpochSecond();
        this.id = "chatcmpl-" + Long.toHexString(server.ids().getAsLong());
    }

    /** Takes a slot or waits for one. */
    final void enter() {
        response.closeHandler(closed -> abandon());
        response.exceptionHandler(error -> abandon());
        ticket = server.slots().enter(() -> context.runOnContext(granted -> prefill()));
        queued();
    }

    /** The request has its slot or its place in the queue; in either case nothing has been decoded yet. */
    protected void queued() {}

    /** The first token is due now. */
    protected abstract void decode();

    private void prefill() {
        if (gone) {
            return;
        }
        cachedTokens = server.prefixes().lookUpAndRemember(request.prompt());
        long start = server.nanoClock().getAsLong();
        Duration prefill = server.latency().prefill(completion.promptTokens());
        decodingSince = start + prefill.toNanos();
        whenDue(0, this::decode);
    }

    /** Whether so many tokens have been decoded, or will be within a millisecond. */
    protected final boolean isDue(int tokens) {
        return millisUntil(tokens) < 1;
    }

    /** Runs the action when so many tokens have been decoded, unless the client has gone by then. */
    protected final void whenDue(int tokens, Runnable action) {
        if (isDue(tokens)) {
            action.run();
        } else {
            timer = server.vertx().setTimer(Math.max(1, millisUntil(tokens)), fired -> action.run());
        }
    }

    protected final boolean clientHasGone() {
        return gone;
    }

    private long millisUntil(int tokens) {
        long due = decodingSince + server.latency().decoding(tokens).toNanos();
        return (due - server.nanoClock().getAsLong()) / 1_000_000;
    }

    /** Counts the completion and gives the slot back; to be called before the last byte is sent. */
    protected final void finished() {
        if (!gone) {
            gone = true;
            server.counters().served(completion);
            ticket.leave();
        }
    }

    private void abandon() {
        if (!gone) {
            gone = true;
            server.vertx().cancelTimer(timer);
            ticket.leave();
        }
    }
}
