package io.rationale.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.fault.Faults;
import io.rationale.simulator.profile.Page;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The routes to look at the cluster and to steer it; every node answers them for all. */
final class Admin {
    static final String PREFIX = "/admin/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NODES = PREFIX + "nodes/";
    private static final int LARGEST_BODY = 64 * 1024;

    private final Cluster cluster;
    private final Vertx vertx;

    Admin(Cluster cluster, Vertx vertx) {
        this.cluster = cluster;
        this.vertx = vertx;
    }

    void handle(HttpServerRequest request, Responses responses) {
        BodyReader.read(request, LARGEST_BODY)
                .map(body -> answer(request, body))
                .onSuccess(answer -> responses.page(request, 200, page(answer)))
                .onFailure(cause -> responses.page(request, status(cause), page(Map.of("error", message(cause)))));
    }

    private Object answer(HttpServerRequest request, Buffer body) {
        String route = request.method() + " " + request.path();
        return switch (route) {
            case "GET /admin/stats" -> cluster.stats();
            case "POST /admin/reset" -> reset();
            case "GET /admin/faults" -> cluster.faults().byName();
            case "POST /admin/faults" -> faults(object(body));
            default -> {
                if (route.startsWith("POST " + NODES)) {
                    yield node(request.path().substring(NODES.length()), object(body));
                }
                throw new NoRouteException(route);
            }
        };
    }

    private Object reset() {
        cluster.reset();
        return cluster.stats();
    }

    private Object faults(ObjectNode body) {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            rates.put(field.getKey(), number(field.getKey(), field.getValue()));
        }
        cluster.faults(Faults.named(rates));
        return cluster.faults().byName();
    }

    /** Ports open and close after the answer, because it may leave through the one that is closed. */
    private Object node(String index, ObjectNode change) {
        int node = index.matches("\\d{1,6}") ? Integer.parseInt(index) : -1;
        cluster.port(node);
        if (change.has("slowdown")) {
            cluster.slowDown(node, number("slowdown", change.get("slowdown")));
        }
        if (change.has("up")) {
            boolean up = truth("up", change.get("up"));
            vertx.setTimer(1, later -> move(node, up));
        }
        return change.put("node", node);
    }

    private void move(int node, boolean up) {
        if (up) {
            cluster.start(node);
        } else {
            cluster.stop(node);
        }
    }

    private static double number(String name, JsonNode value) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException("The value of " + name + " must be a number, but is " + value + ".");
        }
        return value.doubleValue();
    }

    private static boolean truth(String name, JsonNode value) {
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(
                    "The value of " + name + " must be true or false, but is " + value + ".");
        }
        return value.booleanValue();
    }

    private static ObjectNode object(Buffer body) {
        try {
            if (JSON.readTree(body.getBytes()) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("The body is not JSON.", e);
        }
        throw new IllegalArgumentException("The body must be a JSON object.");
    }

    private static Page page(Object body) {
        try {
            return new Page("application/json", JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int status(Throwable cause) {
        return cause instanceof NoRouteException ? 404 : cause instanceof IllegalArgumentException ? 400 : 500;
    }

    private static String message(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }

    private static final class NoRouteException extends RuntimeException {
        NoRouteException(String route) {
            super("There is no route " + route + ".");
        }
    }
}
