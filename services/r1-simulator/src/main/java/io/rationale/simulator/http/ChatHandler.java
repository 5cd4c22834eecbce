package io.rationale.simulator.http;

import io.rationale.simulator.chat.ChatModel.Prepared;
import io.rationale.simulator.chat.Refusal;
import io.rationale.simulator.chat.RefusedException;
import io.rationale.simulator.fault.Fault;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;

/** Reads a chat request, has the completion worked out by a worker thread, and hands it to a {@link Generation}. */
final class ChatHandler implements Handler<HttpServerRequest> {
    private static final int LARGEST_BODY = 16 * 1024 * 1024;
    private static final double OUTAGE_MILLIS = 2_000;

    private final Server server;
    private final Responses responses;

    ChatHandler(Server server) {
        this.server = server;
        responses = new Responses(server.dialect());
    }

    @Override
    public void handle(HttpServerRequest request) {
        BodyReader.read(request, LARGEST_BODY)
                .compose(body -> server.workers().executeBlocking(() -> prepare(body), false))
                .onSuccess(prepared -> answer(request, prepared))
                .onFailure(cause -> refuse(request, cause));
    }

    private Prepared prepare(Buffer body) throws RefusedException {
        return server.model().prepare(body.getBytes());
    }

    private void answer(HttpServerRequest request, Prepared prepared) {
        if (request.response().closed()) {
            return;
        }
        server.node().requested();
        Set<Fault> faults = prepared.faults();
        Optional<Integer> status =
                faults.stream().flatMap(fault -> fault.status().stream()).findFirst();
        if (faults.contains(Fault.CONNECTION_REFUSED)) {
            server.node().given(faults);
            server.port().outage(server.timerMillis(OUTAGE_MILLIS));
        } else if (status.isPresent()) {
            server.node().given(faults);
            responses.refuse(request, server.dialect().error(injected(status.get())));
        } else {
            generate(request, prepared);
        }
    }

    private static Refusal injected(int status) {
        return status == 401 ? new Refusal.Unauthorized() : new Refusal.Injected(status);
    }

    private void generate(HttpServerRequest request, Prepared prepared) {
        responses.named(request.response());
        Generation generation = prepared.request().stream()
                ? new StreamedGeneration(server, request, prepared)
                : new WholeGeneration(server, request, prepared);
        generation.enter();
    }

    private void refuse(HttpServerRequest request, Throwable cause) {
        Refusal refusal = cause instanceof RefusedException refused
                ? refused.refusal()
                : new Refusal.Internal(String.valueOf(cause));
        if (refusal instanceof Refusal.BodyTooLarge) {
            // The rest of the body is still on its way and would be taken for the next request.
            request.response().putHeader("connection", "close");
        }
        responses.refuse(request, server.dialect().error(refusal));
    }
}
