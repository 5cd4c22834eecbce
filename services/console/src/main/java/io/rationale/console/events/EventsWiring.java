package io.rationale.console.events;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.statistics.StatisticsView;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the live events together. */
@Singleton
public class EventsWiring {
    @Produces
    @Singleton
    LiveSignals signals() {
        return new LiveSignals();
    }

    @Produces
    @Singleton
    LiveEvents events(KafkaClients clients, ConsoleSetup setup, StatisticsView view, LiveSignals signals) {
        return new LiveEvents(clients, setup.topics().audit(), view, signals);
    }

    void start(@Observes StartupEvent event, LiveEvents events) {
        events.start();
    }

    /** Before the wait for requests that are being served: a stream never ends by itself. */
    void stopping(@Observes ShutdownDelayInitiatedEvent event, LiveEvents events) {
        events.endStreams();
    }

    void stop(@Observes ShutdownEvent event, LiveEvents events) {
        events.close();
    }
}
