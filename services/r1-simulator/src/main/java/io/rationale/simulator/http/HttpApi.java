package io.rationale.simulator.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rationale.simulator.chat.Refusal;
import io.rationale.simulator.profile.NodeView;
import io.rationale.simulator.profile.Page;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The paths of one simulated server: those of the real one, and those to look at the simulator and steer it. */
final class HttpApi implements Handler<HttpServerRequest> {
    private static final String KEY_PREFIX = "Bearer ";

    private final Server server;
    private final Responses responses;
    private final Admin admin;
    private final Map<String, Route> routes = new HashMap<>();

    private record Route(HttpMethod method, Handler<HttpServerRequest> handler) {}

    HttpApi(Server server, Admin admin) {
        this.server = server;
        this.admin = admin;
        responses = new Responses(server.dialect());
        routes.put("/v1/chat/completions", new Route(HttpMethod.POST, new ChatHandler(server)));
        routes.put("/v1/models", show(node -> Page.json(server.dialect().models(node))));
        server.dialect().pages().forEach((path, page) -> routes.put(path, show(page)));
    }

    @Override
    public void handle(HttpServerRequest request) {
        Route route = routes.get(request.path());
        if (request.path().startsWith(Admin.PREFIX)) {
            admin.handle(request, responses);
        } else if (route == null) {
            responses.page(request, 404, server.dialect().notFound());
        } else if (!route.method().equals(request.method())) {
            responses.page(
                    request,
                    405,
                    Page.json(JsonNodeFactory.instance.objectNode().put("detail", "Method Not Allowed")));
        } else if (request.path().startsWith("/v1/") && !isAuthorized(request)) {
            responses.refuse(request, server.dialect().error(new Refusal.Unauthorized()));
        } else {
            route.handler().handle(request);
        }
    }

    private Route show(Function<NodeView, Page> page) {
        return new Route(HttpMethod.GET, request -> responses.page(request, 200, page.apply(server.view())));
    }

    private boolean isAuthorized(HttpServerRequest request) {
        String presented = request.getHeader("authorization");
        return server.apiKey().isEmpty()
                || presented != null
                        && MessageDigest.isEqual(
                                bytes(presented),
                                bytes(KEY_PREFIX + server.apiKey().get()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
