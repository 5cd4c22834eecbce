package io.rationale.console.status;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.deadletters.LetterCounts;
import io.rationale.console.events.LiveEvents;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.search.AuditIndexer;
import io.rationale.core.topic.Retention;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts together what the console says of itself. */
@Singleton
public class StatusWiring {
    @Produces
    @Singleton
    KafkaWatch watch(KafkaClients clients, ConsoleSetup setup) {
        return new KafkaWatch(clients, setup.topics(), setup.applicationId(), setup.clock());
    }

    @Produces
    @Singleton
    Vitals vitals(KafkaWatch watch, AuditIndexer indexer, LetterCounts letters, LiveEvents events, ConsoleSetup setup) {
        return new Vitals(
                setup.version(),
                () -> setup.taxonomy().ref(),
                setup.clock().instant(),
                watch,
                indexer::position,
                letters::total,
                events::listeners);
    }

    @Produces
    @Singleton
    RetentionWatch retentionWatch(KafkaClients clients, ConsoleSetup setup, Retention retention) {
        return new RetentionWatch(clients, setup.topics(), retention);
    }

    /** The vitals are made at the start: they tell when that was. */
    void start(@Observes StartupEvent event, KafkaWatch watch, RetentionWatch retention, Vitals vitals) {
        watch.start();
        retention.start();
    }

    void stop(@Observes ShutdownEvent event, KafkaWatch watch, RetentionWatch retention) {
        retention.close();
        watch.close();
    }
}
