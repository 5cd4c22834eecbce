package io.rationale.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.ChatModel.Prepared;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * Sends the completion as server-sent events while it is decoded. As with vLLM the headers leave at once, the first
 * event only when the slot has been had and the prompt is read.
 */
final class StreamedGeneration extends Generation {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
    private static final int SMALLEST_GROUP = 4;
    private static final int LARGEST_GROUP = 64;

    private final Deltas deltas;

    StreamedGeneration(Server server, HttpServerResponse response, Prepared prepared) {
        super(server, response, prepared);
        deltas = new Deltas(completion, groupTokens());
    }

    @Override
    protected void queued() {
        response.setChunked(true)
                .putHeader("content-type", "text/event-stream; charset=utf-8")
                .putHeader("cache-control", "no-cache");
        response.writeHead();
    }

    @Override
    protected void decode() {
        send(Wire.roleDelta(), null);
        proceed();
    }

    /** The faster the tokens come, the more of them share an event. */
    private int groupTokens() {
        long tokens = SHORTEST_PAUSE.toNanos()
                / Math.max(1, server.latency().decoding(1).toNanos());
        return Math.clamp(tokens, SMALLEST_GROUP, LARGEST_GROUP);
    }

    /** Sends what is due, then comes back when more is, or when the client has read some of it. */
    private void proceed() {
        while (deltas.hasNext() && !clientHasGone()) {
            if (response.writeQueueFull()) {
                resumeWhenDrained();
                return;
            }
            if (!isDue(deltas.tokensWithNext())) {
                whenDue(deltas.tokensWithNext(), this::proceed);
                return;
            }
            send(deltas.next(), null);
        }
        if (!clientHasGone()) {
            end();
        }
    }

    private void resumeWhenDrained() {
        response.drainHandler(drained -> {
            response.drainHandler(null);
            proceed();
        });
    }

    private void end() {
        send(Wire.emptyDelta(), completion.finishReason());
        if (request.includeUsage()) {
            event(Wire.usageChunk(id, created, server.model().name(), completion, cachedTokens));
        }
        finished();
        response.end("data: [DONE]\n\n");
    }

    private void send(ObjectNode delta, String finishReason) {
        event(Wire.chunk(id, created, server.model().name(), delta, finishReason));
    }

    private void event(ObjectNode chunk) {
        response.write("data: " + Wire.write(chunk) + "\n\n");
    }
}
