package io.rationale.simulator.http;

import io.rationale.simulator.chat.ChatModel.Prepared;
import io.vertx.core.http.HttpServerResponse;

/** Sends the completion as one JSON document when its last token is due. */
final class WholeGeneration extends Generation {

    WholeGeneration(Server server, HttpServerResponse response, Prepared prepared) {
        super(server, response, prepared);
    }

    @Override
    protected void decode() {
        whenDue(completion.completionTokens(), this::send);
    }

    private void send() {
        finished();
        response.putHeader("content-type", "application/json")
                .end(Wire.write(Wire.completion(id, created, server.model().name(), completion, cachedTokens)));
    }
}
