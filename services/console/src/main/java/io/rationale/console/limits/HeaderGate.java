package io.rationale.console.limits;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.rationale.console.access.AccessGate;
import io.rationale.console.api.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Refuses headers that are no media types, which the framework would take for a fault of the console. */
final class HeaderGate {
    private static final int BEHIND_ACCESS = 890;

    void register(Filters filters) {
        filters.register(this::handle, BEHIND_ACCESS);
    }

    private void handle(RoutingContext at) {
        if (!at.normalizedPath().startsWith("/api/")) {
            at.next();
        } else if (!areMediaTypes(at.request().headers().getAll(HttpHeaders.CONTENT_TYPE), false)) {
            AccessGate.answer(at, Problem.of(415, "The header Content-Type is no media type."));
        } else if (!areMediaTypes(at.request().headers().getAll(HttpHeaders.ACCEPT), true)) {
            AccessGate.answer(at, Problem.of(400, "The header Accept holds what is no media type."));
        } else {
            at.next();
        }
    }

    private static boolean areMediaTypes(List<String> headers, boolean lists) {
        try {
            for (String header : headers) {
                for (String each : lists ? header.split(",") : new String[] {header}) {
                    MediaType.valueOf(each.strip());
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
