package io.rationale.simulator.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** The paths of the simulator. */
public final class HttpApi implements Handler<HttpServerRequest> {
    private final Server server;
    private final Map<String, Route> routes;

    public HttpApi(Server server) {
        this.server = server;
        ChatHandler chat = new ChatHandler(server);
        routes = Map.of(
                "/v1/chat/completions", new Route(HttpMethod.POST, chat),
                "/v1/models",
                        get(request -> Responses.json(
                                request, 200, Wire.models(server.model().name()))),
                "/health", get(request -> Responses.named(request).response().end()),
                "/version", get(request -> Responses.json(request, 200, Wire.version())),
                "/admin/stats", get(this::stats),
                "/admin/reset", new Route(HttpMethod.POST, this::reset));
    }

    @Override
    public void handle(HttpServerRequest request) {
        Route route = routes.get(request.path());
        if (route == null) {
            Responses.json(request, 404, Wire.detail("Not Found"));
        } else if (!route.method().equals(request.method())) {
            Responses.json(request, 405, Wire.detail("Method Not Allowed"));
        } else {
            route.handler().handle(request);
        }
    }

    private void stats(HttpServerRequest request) {
        Responses.json(request, 200, server.counters().stats());
    }

    /** Forgets the counts and the prefix cache; what is running goes on. */
    private void reset(HttpServerRequest request) {
        server.counters().reset();
        server.prefixes().clear();
        stats(request);
    }

    private static Route get(Handler<HttpServerRequest> handler) {
        return new Route(HttpMethod.GET, handler);
    }

    private record Route(HttpMethod method, Handler<HttpServerRequest> handler) {}
}
