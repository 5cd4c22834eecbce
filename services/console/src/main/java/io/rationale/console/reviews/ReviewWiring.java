package io.rationale.console.reviews;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.rationale.console.ConsoleConfig;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.redaction.Redactor;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Puts the reviews together. */
@Singleton
public class ReviewWiring {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    @Produces
    @Singleton
    ReviewService service(
            KafkaClients clients,
            NoteSearch notes,
            KnownTaxonomies taxonomies,
            ConsoleSetup setup,
            Redactor redactor,
            ConsoleConfig config) {
        Duration timeout = config.reviews().timeout();
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new ConfigurationException("rationale.reviews.timeout is " + timeout + ": set it from 1s to 1h.");
        }
        ReviewWriter writer = ReviewWriter.connected(clients, setup.topics().audit(), timeout);
        return new ReviewService(notes, taxonomies, writer, redactor, setup.clock());
    }

    /** Made at the start, so that a wrong setting is told then. */
    void start(@Observes StartupEvent event, ReviewService service) {}

    void close(@Disposes ReviewService service) {
        service.close();
    }

    @Produces
    @Singleton
    ReviewReports reports(NoteSearch notes, KnownTaxonomies taxonomies) {
        return new ReviewReports(notes, taxonomies);
    }
}
