package io.rationale.simulator.http;

import io.rationale.simulator.profile.Dialect;
import io.rationale.simulator.profile.ErrorReply;
import io.rationale.simulator.profile.Page;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Sends what is not a completion, and says in the headers who sends it. */
record Responses(Dialect dialect) {

    /** The name of the real server, and that it is simulated. */
    HttpServerResponse named(HttpServerResponse response) {
        return response.putHeader("server", dialect.server() + " (" + Dialect.SIMULATOR + ")")
                .putHeader("x-simulator", Dialect.SIMULATOR);
    }

    void page(HttpServerRequest request, int status, Page page) {
        if (!request.response().ended() && !request.response().closed()) {
            named(request.response())
                    .setStatusCode(status)
                    .putHeader("content-type", page.contentType())
                    .end(page.body());
        }
    }

    void refuse(HttpServerRequest request, ErrorReply error) {
        if (error.status() == 429) {
            request.response().putHeader("retry-after", "1");
        }
        page(request, error.status(), Page.json(error.body()));
    }
}
