package io.rationale.console.events;

import io.rationale.console.ConsoleConfig;
import io.rationale.console.access.CurrentCaller;
import io.rationale.console.access.Role;
import io.rationale.console.api.ProblemException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** Tells what happens, as it happens. */
@Path("/api/v1/events")
public class EventsResource {
    private static final int SECONDS_TO_WAIT = 5;
    private static final long RECONNECT_MILLIS = 2_000;

    private final LiveEvents events;
    private final CurrentCaller caller;
    private final int maxConnections;

    public EventsResource(LiveEvents events, CurrentCaller caller, ConsoleConfig config) {
        this.events = events;
        this.caller = caller;
        this.maxConnections = config.events().maxConnections();
    }

    /**
     * Server-sent events: {@code statistics} at once and whenever counts have changed; {@code alerts} when those have;
     * {@code decisions}, each of which has an id to go on after; {@code reset} when that cannot be done; a comment after
     * every 15 seconds of silence, so that both ends notice a dead connection. Ends when the listener's token does.
     *
     * @param header what a browser sends when it connects again
     * @param query  the same for people with curl
     */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    public Multi<OutboundSseEvent> events(
            @Context Sse sse, @RestHeader("Last-Event-ID") String header, @RestQuery("lastEventId") String query)
            throws InterruptedException {
        if (events.listeners() >= maxConnections) {
            throw ProblemException.of(
                            503,
                            "There are " + maxConnections + " listeners already; try again later, or raise"
                                    + " rationale.events.max-connections.")
                    .retryAfter(SECONDS_TO_WAIT);
        }
        return events.listen(header == null || header.isEmpty() ? query : header, caller.mayStillView())
                .map(message -> event(sse, message));
    }

    private static OutboundSseEvent event(Sse sse, Feed.Message message) {
        OutboundSseEvent.Builder builder = sse.newEventBuilder();
        if (message.id() != null) {
            builder.id(message.id());
        }
        return message.name() == null
                ? builder.comment(message.data())
                        .reconnectDelay(RECONNECT_MILLIS)
                        .build()
                : builder.name(message.name()).data(message.data()).build();
    }
}
