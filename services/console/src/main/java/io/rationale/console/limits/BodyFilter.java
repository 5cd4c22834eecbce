package io.rationale.console.limits;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Gives the API the bodies that {@link BodyGate} has waited for. */
public class BodyFilter {
    @ServerRequestFilter
    public void hand(RoutingContext at, ContainerRequestContext request) {
        BodyGate.held(at).ifPresent(held -> {
            InputStream first = new ByteArrayInputStream(held.bytes());
            request.setEntityStream(held.isAll() ? first : new SequenceInputStream(first, request.getEntityStream()));
        });
    }
}
