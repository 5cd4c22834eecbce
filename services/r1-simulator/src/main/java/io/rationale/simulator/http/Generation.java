package io.rationale.simulator.http;

import io.rationale.simulator.chat.ChatModel.Prepared;
import io.rationale.simulator.chat.ChatRequest;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.chat.Refusal;
import io.rationale.simulator.cluster.Progress;
import io.rationale.simulator.cluster.SlotQueue;
import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.profile.Dialect.KeepAlive;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A completion on its way: through the queue into a slot, and out to the client as the load allows. Everything runs on
 * the event loop of the connection. The slot is given back when the answer is sent or the client has gone, whichever
 * comes first; some servers do not notice the latter.
 */
abstract class Generation {
    private static final long NO_TIMER = -1;
    /** With these there may be no other end, whatever the server notices. */
    private static final List<Fault> ENDED_BY_CLIENT = List.of(Fault.HANG, Fault.STALL, Fault.DRIP, Fault.SPLIT_UTF8);
    /** The load may change at any time, so nobody waits for a token longer than this without looking again. */
    private static final long LONGEST_WAIT_MILLIS = 100;

    protected final Server server;
    protected final HttpServerResponse response;
    protected final Outlet outlet;
    protected final ChatRequest request;
    protected final Completion completion;
    protected final Set<Fault> faults;
    protected final Optional<KeepAlive> keepAlive;
    /** Where a response breaks that does not get to its end, in tokens. */
    protected final int breaksAt;
    /** Chooses among the forms of a fault. */
    protected final SplittableRandom random;

    private final HttpServerRequest http;
    private final Prepared prepared;
    private final Context context;
    private final String id;
    private final long created;
    private SlotQueue.Ticket ticket;
    private Progress progress;
    private int cachedTokens;
    private long timer = NO_TIMER;
    private long keepAliveTimer = NO_TIMER;
    private boolean over;
    private boolean clientGone;

    Generation(Server server, HttpServerRequest http, Prepared prepared) {
        this.server = server;
        this.http = http;
        this.prepared = prepared;
        response = http.response();
        request = prepared.request();
        completion = prepared.completion();
        faults = prepared.faults();
        random = new SplittableRandom(prepared.seed());
        breaksAt = (int) (completion.completionTokens() * random.nextDouble(0.1, 0.9));
        outlet = new Outlet(server, response, pieces());
        keepAlive = faults.contains(Fault.KEEP_ALIVE_LINES)
                ? Optional.of(new KeepAlive(": keep-alive\n\n\n", "\n", 100))
                : server.dialect().keepAlive();
        context = server.vertx().getOrCreateContext();
        created = server.clock().instant().getEpochSecond();
        id = "chatcmpl-" + Long.toHexString(server.ids().getAsLong());
    }

    /** Takes a slot, waits for one, or is refused. */
    final void enter() {
        response.closeHandler(closed -> clientHasGone());
        response.exceptionHandler(error -> clientHasGone());
        Optional<SlotQueue.Ticket> place = server.node().enter(() -> context.runOnContext(granted -> prefill()));
        if (place.isEmpty()) {
            over = true;
            new Responses(server.dialect()).refuse(http, server.dialect().error(new Refusal.QueueFull()));
            return;
        }
        ticket = place.get();
        server.node().given(faults);
        if (!faults.contains(Fault.HANG)) {
            queued();
        }
    }

    /** The request has its slot or its place in the queue; in either case nothing has been decoded yet. */
    protected abstract void queued();

    /** The first token is due now. */
    protected abstract void decode();

    /** Whether the server sees at once that the client has gone. */
    protected abstract boolean noticesGoneClient();

    /** What is sent, in the words of the server. */
    protected final Wire wire() {
        return new Wire(server.dialect(), id, created, server.model().name(), completion, cachedTokens);
    }

    /** Repeats the line while there is nothing else to send. */
    protected final void keepAlive(String line, long everyMillis) {
        keepAliveTimer = server.vertx().setPeriodic(server.timerMillis(everyMillis), fired -> outlet.write(line));
    }

    protected final void stopKeepAlive() {
        server.vertx().cancelTimer(keepAliveTimer);
    }

    private void prefill() {
        if (over) {
            return;
        }
        cachedTokens = server.node().cachedTokens(prepared.prompt());
        progress = server.node().begin(completion.promptTokens() - cachedTokens);
        if (!faults.contains(Fault.HANG)) {
            whenDue(0, this::decode);
        }
    }

    /** Whether so many tokens have been decoded, or will be within a millisecond. */
    protected final boolean isDue(int tokens) {
        return millisUntil(tokens) < 1;
    }

    /** Runs the action when so many tokens have been decoded, unless the request is over by then. */
    protected final void whenDue(int tokens, Runnable action) {
        if (over) {
            return;
        }
        // Asked once: from one look to the next it may fall below the millisecond that a timer needs.
        long millis = millisUntil(tokens);
        if (millis < 1) {
            action.run();
        } else {
            timer = server.vertx().setTimer(Math.min(LONGEST_WAIT_MILLIS, millis), fired -> whenDue(tokens, action));
        }
    }

    protected final boolean isOver() {
        return over;
    }

    private long millisUntil(int tokens) {
        return progress.nanosUntil(tokens) / 1_000_000;
    }

    /** Counts the completion and gives the slot back; to be called before the last byte is sent. */
    protected final void finished() {
        if (!over) {
            if (!clientGone) {
                server.node().served(completion.served(cachedTokens));
            }
            leave();
        }
    }

    /** Cuts the connection. */
    protected final void reset() {
        leave();
        Connections.reset(http.connection());
    }

    protected final boolean clientIsGone() {
        return clientGone;
    }

    /** Frees the slot without counting anything. */
    protected final void leave() {
        over = true;
        server.vertx().cancelTimer(timer);
        stopKeepAlive();
        ticket.leave();
    }

    private void clientHasGone() {
        clientGone = true;
        outlet.stop();
        boolean noticed = noticesGoneClient() || ENDED_BY_CLIENT.stream().anyMatch(faults::contains);
        if (!over && (noticed || !server.port().isOpen())) {
            leave();
        }
    }

    private Outlet.Pieces pieces() {
        if (faults.contains(Fault.DRIP)) {
            return Outlet.Pieces.drip(() -> (long) server.node().tokenNanos());
        }
        return faults.contains(Fault.SPLIT_UTF8) ? Outlet.Pieces.split() : null;
    }
}
