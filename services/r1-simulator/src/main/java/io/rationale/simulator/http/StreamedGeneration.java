package io.rationale.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.ChatModel.Prepared;
import io.rationale.simulator.chat.Refusal;
import io.rationale.simulator.fault.Fault;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * Sends the completion as server-sent events while it is decoded. The headers leave at once where the server does so,
 * the first event only when the slot has been had and the prompt is read.
 */
final class StreamedGeneration extends Generation {
    private static final double SHORTEST_PAUSE_NANOS = 20e6;
    private static final int SMALLEST_GROUP = 4;
    private static final int LARGEST_GROUP = 64;
    private static final int EVENTS_BETWEEN_LINES = 5;
    private static final List<Fault> BREAKS = List.of(Fault.RESET, Fault.STALL, Fault.ERROR_IN_STREAM);

    private final Deltas deltas;
    private final boolean breaks;
    private int events;

    StreamedGeneration(Server server, HttpServerRequest http, Prepared prepared) {
        super(server, http, prepared);
        deltas = new Deltas(
                server.dialect().spoken(completion),
                groupTokens(),
                server.dialect().mayJoinFields());
        breaks = BREAKS.stream().anyMatch(faults::contains);
    }

    @Override
    protected boolean noticesGoneClient() {
        return true;
    }

    @Override
    protected void queued() {
        response.setChunked(true)
                .putHeader("content-type", "text/event-stream; charset=utf-8")
                .putHeader("cache-control", "no-cache");
        if (server.dialect().sendsHeadersWhileQueued()) {
            open();
        }
    }

    /** From here on the client sees that its request is being worked on. */
    private void open() {
        response.writeHead();
        keepAlive.ifPresent(lines -> {
            if (faults.contains(Fault.KEEP_ALIVE_LINES)) {
                outlet.write(lines.streamed());
            }
            keepAlive(lines.streamed(), lines.everyMillis());
        });
    }

    @Override
    protected void decode() {
        if (!response.headWritten()) {
            open();
        }
        stopKeepAlive();
        event(wire().first());
        proceed();
    }

    /** The faster the tokens come, the more of them share an event; one each where tags are to be split. */
    private int groupTokens() {
        if (faults.contains(Fault.SPLIT_UTF8) || faults.contains(Fault.DRIP)) {
            return 1;
        }
        double tokens = SHORTEST_PAUSE_NANOS / server.node().tokenNanos();
        return (int) Math.clamp(tokens, SMALLEST_GROUP, LARGEST_GROUP);
    }

    /** Sends what is due, then comes back when more is, or when the client has read some of it. */
    private void proceed() {
        while (deltas.hasNext() && !isOver()) {
            if (outlet.isFull()) {
                outlet.whenReady(this::proceed);
                return;
            }
            if (breaks && deltas.tokensWithNext() > breaksAt) {
                breakOff();
                return;
            }
            if (!isDue(deltas.tokensWithNext())) {
                whenDue(deltas.tokensWithNext(), this::proceed);
                return;
            }
            event(wire().piece(deltas.next()));
        }
        if (!isOver()) {
            end();
        }
    }

    /** A stalled stream shows no more than that its connection lives, where the server does that. */
    private void breakOff() {
        if (faults.contains(Fault.RESET)) {
            reset();
        } else if (faults.contains(Fault.STALL)) {
            keepAlive.ifPresent(lines -> keepAlive(lines.streamed(), lines.everyMillis()));
        } else {
            event(error());
            outlet.end(random.nextBoolean() ? done() : "\n", this::leave);
        }
    }

    private ObjectNode error() {
        ObjectNode body = server.dialect().error(new Refusal.Injected(500)).body();
        return body.has("error") ? body : body.objectNode().set("error", body);
    }

    private void end() {
        event(wire().last());
        if (request.includeUsage()) {
            event(wire().usageChunk());
        }
        outlet.end(faults.contains(Fault.MISSING_DONE) ? "\n" : done(), this::finished);
    }

    private static String done() {
        return "data: [DONE]\n\n";
    }

    private void event(ObjectNode chunk) {
        events++;
        if (faults.contains(Fault.KEEP_ALIVE_LINES) && events % EVENTS_BETWEEN_LINES == 0) {
            outlet.write(keepAlive.orElseThrow().streamed());
        }
        outlet.write("data: " + chunk + "\n\n");
    }
}
