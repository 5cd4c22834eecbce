package io.rationale.simulator.http;

import io.rationale.simulator.chat.Refusal;
import io.vertx.core.http.HttpServerRequest;

/** Sends JSON, and says in a header who sends it. */
final class Responses {
    private Responses() {}

    static void json(HttpServerRequest request, int status, Object body) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        named(request)
                .response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(Wire.write(body));
    }

    static void refuse(HttpServerRequest request, Refusal refusal) {
        json(request, refusal.status(), Wire.error(refusal));
    }

    static HttpServerRequest named(HttpServerRequest request) {
        request.response().putHeader("server", Wire.SIMULATOR);
        return request;
    }
}
