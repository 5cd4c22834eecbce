package io.rationale.console.reclassification;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.rationale.console.ConsoleConfig;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.events.LiveSignals;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.kafka.TopicTable;
import io.rationale.console.notes.AuditReader;
import io.rationale.console.search.AuditIndexer;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.status.Classifiers;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.json.Json;
import io.rationale.core.prompt.PromptRoom;
import io.rationale.core.reclassification.ReclassificationEstimator.Prices;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.topic.Topics;
import io.rationale.topics.TaxonomyFeed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;

/** Puts together who drives the reclassifications, and who answers about them. */
@Singleton
public class ReclassificationWiring {
    private static final int TRANSACTION_TIMEOUT_MILLIS = 15_000;

    @Produces
    @Singleton
    TopicTable<ReclassificationJob> jobs(KafkaClients clients, ConsoleSetup setup, LiveSignals signals) {
        TopicTable<ReclassificationJob> jobs = new TopicTable<>(
                clients,
                setup.topics().reclassifications(),
                "reclassification-table",
                value -> Json.read(value, ReclassificationJob.class));
        jobs.onChange(() -> signals.changed("reclassifications"));
        return jobs;
    }

    void close(@Disposes TopicTable<ReclassificationJob> jobs) {
        jobs.close();
    }

    @Produces
    @Singleton
    ReclassificationDriver driver(
            KafkaClients clients,
            ConsoleSetup setup,
            NoteSearch notes,
            AuditReader audit,
            AuditIndexer indexer,
            KnownTaxonomies taxonomies,
            Redactor redactor,
            ConsoleConfig config) {
        return new ReclassificationDriver(
                new ReclassificationDriver.Settings(
                        setup.topics(),
                        setup.applicationId() + "-reclassification",
                        config.classifier().groupId() + "-reclassification",
                        Desk.Portions.USUAL),
                clients,
                () -> producer(clients, setup.topics()),
                new JobNotes(notes, audit, taxonomies, redactor.uncounted()),
                indexer::hasRead,
                setup.clock());
    }

    /** The id is every console's: who begins shuts out who drove before. */
    static Producer<byte[], byte[]> producer(KafkaClients clients, Topics topics) {
        return clients.producer(
                "console-reclassification",
                Map.of(
                        "transactional.id",
                        topics.prefix() + "console-reclassification",
                        "transaction.timeout.ms",
                        TRANSACTION_TIMEOUT_MILLIS,
                        "linger.ms",
                        5));
    }

    @Produces
    @Singleton
    ReclassificationService service(
            TopicTable<ReclassificationJob> jobs,
            NoteSearch notes,
            KnownTaxonomies taxonomies,
            TaxonomyFeed feed,
            Classifiers classifiers,
            KafkaClients clients,
            ConsoleSetup setup,
            ConsoleConfig config) {
        return new ReclassificationService(
                jobs,
                new AskedSelection(taxonomies),
                new Estimates(
                        notes,
                        taxonomies,
                        classifiers,
                        PromptRoom.ofContext(config.taxonomies().contextTokens()),
                        prices(config.prices()),
                        setup.clock()),
                feed::isLoaded,
                RequestWriter.connected(clients, setup.topics().reclassificationRequests()),
                setup.clock());
    }

    void close(@Disposes ReclassificationService service) {
        service.close();
    }

    /** @throws ConfigurationException when only some of them are given, or one is negative */
    static Optional<Prices> prices(ConsoleConfig.Prices config) {
        OptionalDouble prompt = config.promptPerMillion();
        OptionalDouble answer = config.answerPerMillion();
        boolean isAny = config.currency().isPresent() || prompt.isPresent() || answer.isPresent();
        boolean isAll = config.currency().isPresent() && prompt.isPresent() && answer.isPresent();
        if (isAny != isAll) {
            throw new ConfigurationException("rationale.prices needs currency, prompt-per-million and"
                    + " answer-per-million: give all of them, or none.");
        }
        boolean isNegative =
                Stream.of(prompt, config.cachedPerMillion(), answer).anyMatch(price -> price.orElse(0) < 0);
        if (isNegative) {
            throw new ConfigurationException("A price of rationale.prices is negative: set it to 0 or more.");
        }
        return isAll
                ? Optional.of(new Prices(
                        config.currency().get(),
                        prompt.getAsDouble(),
                        config.cachedPerMillion().orElse(prompt.getAsDouble()),
                        answer.getAsDouble()))
                : Optional.empty();
    }

    void start(@Observes StartupEvent event, TopicTable<ReclassificationJob> jobs, ReclassificationDriver driver) {
        jobs.start();
        driver.start();
    }

    void stop(@Observes ShutdownEvent event, ReclassificationDriver driver) {
        driver.close();
    }
}
