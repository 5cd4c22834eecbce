package io.rationale.console.api;

import io.rationale.console.statistics.StatisticsView;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;

/** Tells the page when to look again. */
@Path("/api/v1/events")
public class EventsResource {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final int TICKS_BETWEEN_EVENTS = 5;
    private static final int TICKS_BETWEEN_HEARTBEATS = 300;

    private final StatisticsView view;

    public EventsResource(StatisticsView view) {
        this.view = view;
    }

    /**
     * Server-sent events: {@code statistics} at once and then whenever counts have changed, at most four a second; a
     * comment after every 15 seconds of silence, so that both ends notice a dead connection.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> events(@Context Sse sse) {
        Feed feed = new Feed(sse);
        return Multi.createFrom()
                .ticks()
                .every(TICK)
                .onOverflow()
                .drop()
                .map(tick -> feed.next())
                .filter(Optional::isPresent)
                .map(Optional::get);
    }

    /** One connection; its ticks come one after the other. */
    private final class Feed {
        private final Sse sse;
        private long told = -1;
        private int silent = TICKS_BETWEEN_EVENTS;

        Feed(Sse sse) {
            this.sse = sse;
        }

        Optional<OutboundSseEvent> next() {
            long revision = view.revision();
            silent++;
            if (revision != told && silent >= TICKS_BETWEEN_EVENTS) {
                told = revision;
                silent = 0;
                return Optional.of(sse.newEventBuilder()
                        .name("statistics")
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data("{\"revision\":" + revision + "}")
                        .build());
            }
            return silent % TICKS_BETWEEN_HEARTBEATS == 0
                    ? Optional.of(sse.newEventBuilder().comment("heartbeat").build())
                    : Optional.empty();
        }
    }
}
