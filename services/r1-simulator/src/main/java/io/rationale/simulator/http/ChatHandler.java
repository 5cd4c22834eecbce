package io.rationale.simulator.http;

import io.rationale.simulator.chat.ChatModel.Prepared;
import io.rationale.simulator.chat.Refusal;
import io.rationale.simulator.chat.RefusedException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a chat request, has the completion worked out by a worker thread, and hands it to a {@link Generation}. */
final class ChatHandler implements Handler<HttpServerRequest> {
    private static final int LARGEST_BODY = 16 * 1024 * 1024;

    private final Server server;

    ChatHandler(Server server) {
        this.server = server;
    }

    @Override
    public void handle(HttpServerRequest request) {
        BodyReader.read(request, LARGEST_BODY)
                .compose(body -> server.workers().executeBlocking(() -> prepare(body), false))
                .onSuccess(prepared -> generate(request, prepared))
                .onFailure(cause -> refuse(request, cause));
    }

    private Prepared prepare(Buffer body) throws RefusedException {
        return server.model().prepare(body.getBytes());
    }

    private void generate(HttpServerRequest request, Prepared prepared) {
        if (request.response().closed()) {
            return;
        }
        server.counters().accepted();
        Responses.named(request);
        Generation generation = prepared.request().stream()
                ? new StreamedGeneration(server, request.response(), prepared)
                : new WholeGeneration(server, request.response(), prepared);
        generation.enter();
    }

    private static void refuse(HttpServerRequest request, Throwable cause) {
        Refusal refusal = cause instanceof RefusedException refused ? refused.refusal() : Refusal.internal(cause);
        if (refusal.status() == 413) {
            // The rest of the body is still on its way and would be taken for the next request.
            request.response().putHeader("connection", "close");
        }
        Responses.refuse(request, refusal);
    }
}
