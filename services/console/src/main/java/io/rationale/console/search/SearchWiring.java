package io.rationale.console.search;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.rationale.console.ConsoleConfig;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.statistics.CountingPace;
import io.rationale.core.topic.Retention;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Puts the index together. */
@Singleton
public class SearchWiring {
    @Produces
    @Singleton
    NoteIndex index(ConsoleConfig config) {
        return new NoteIndex(config.search().directory());
    }

    @Produces
    @Singleton
    @Unremovable
    AuditIndexer indexer(
            KafkaClients clients,
            NoteIndex index,
            CountingPace pace,
            ConsoleSetup setup,
            Retention retention,
            ConsoleConfig config) {
        if (config.search().maxAge().isNegative()) {
            throw new ConfigurationException(
                    "rationale.search.max-age is negative: set it to a time such as 400d, or to 0 for no limit.");
        }
        Duration maxAge = maxAge(config.search().maxAge(), retention.of("audit"));
        return new AuditIndexer(clients, setup.topics().audit(), index, maxAge, pace::isFast, setup.clock());
    }

    /** What the audit does not hold any more is not to be found here either. */
    static Duration maxAge(Duration configured, Optional<Duration> audit) {
        return audit.filter(kept -> configured.isZero() || kept.compareTo(configured) < 0)
                .orElse(configured);
    }

    @Produces
    @Singleton
    NoteSearch search(NoteIndex index, AuditIndexer indexer) {
        return new NoteSearch(index, indexer::loaded, indexer::progress);
    }

    @Produces
    @Singleton
    IndexedExamples examples(NoteSearch notes, ConsoleConfig config) {
        ConsoleConfig.Statistics settings = config.statistics();
        if (settings.examples() < 0 || settings.examples() > 5) {
            throw new ConfigurationException(
                    "rationale.statistics.examples is " + settings.examples() + ": set it from 0 to 5.");
        }
        return new IndexedExamples(notes, settings.examples(), settings.examplesSearched());
    }

    void start(@Observes StartupEvent event, AuditIndexer indexer) {
        indexer.start();
    }

    void stop(@Observes ShutdownEvent event, AuditIndexer indexer) {
        indexer.close();
    }
}
