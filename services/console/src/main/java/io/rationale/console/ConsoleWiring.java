package io.rationale.console;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.notes.AuditReader;
import io.rationale.console.notes.DeadLetterReader;
import io.rationale.console.notes.ExchangeReader;
import io.rationale.console.report.ReportWriter;
import io.rationale.console.search.AuditIndexer;
import io.rationale.console.search.IndexedExamples;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.statistics.CategoryTables;
import io.rationale.console.statistics.NoteStores;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.console.statistics.StatisticsTopology;
import io.rationale.console.statistics.StatisticsView;
import io.rationale.console.statistics.UnreadableRecords;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts the console together; everything else is plain classes with constructors. */
@Singleton
public class ConsoleWiring {
    private static final Logger LOG = Logger.getLogger(ConsoleWiring.class);

    @Produces
    @Singleton
    ConsoleSetup setup(
            ConsoleConfig config,
            @ConfigProperty(name = "quarkus.kafka-streams.application-id") String applicationId,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        Taxonomy taxonomy = config.taxonomyFile().map(ConsoleWiring::read).orElseGet(Taxonomies::ragFailures);
        return new ConsoleSetup(
                new Topics(config.topicPrefix()), taxonomy, applicationId, version, InstantSource.system());
    }

    private static Taxonomy read(Path file) {
        try {
            return Taxonomies.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The taxonomy file " + file + " cannot be read: check rationale.taxonomy-file.", e);
        }
    }

    @Produces
    @Singleton
    UnreadableRecords unreadableRecords() {
        return new UnreadableRecords();
    }

    @Produces
    @Singleton
    Topology topology(ConsoleSetup setup, UnreadableRecords unreadable) {
        return StatisticsTopology.of(setup.topics(), unreadable::add);
    }

    /** A thread that fails is replaced: what fails a thread is mostly Kafka being away, and that passes. */
    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler onFailure() {
        return failure -> {
            LOG.error("A thread of the statistics failed and is replaced.", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        };
    }

    @Produces
    @Singleton
    KafkaClients clients(@Identifier("default-kafka-broker") Map<String, Object> connection) {
        return new KafkaClients(connection);
    }

    @Produces
    @Singleton
    StatisticsView view(KafkaClients clients, ConsoleSetup setup) {
        return new StatisticsView(clients, setup.topics().categoryStatistics());
    }

    void start(@Observes StartupEvent event, StatisticsView view) {
        view.start();
    }

    void stop(@Observes ShutdownEvent event, StatisticsView view) {
        view.close();
    }

    @Produces
    @Singleton
    NoteStores stores(KafkaStreams streams, ConsoleSetup setup) {
        return new NoteStores(streams, setup.topics().audit());
    }

    @Produces
    @Singleton
    CategoryTables tables(StatisticsView view, IndexedExamples examples, ConsoleSetup setup) {
        return new CategoryTables(view, examples, setup.taxonomy());
    }

    @Produces
    @Singleton
    @Unremovable
    StatisticsProgress progress(
            KafkaClients clients, StatisticsView view, NoteStores stores, AuditIndexer indexer, ConsoleSetup setup) {
        return new StatisticsProgress(clients, view, stores, indexer::hasRead, setup.topics(), setup.applicationId());
    }

    void close(@Disposes StatisticsProgress progress) {
        progress.close();
    }

    @Produces
    @Singleton
    AuditReader auditReader(KafkaClients clients, ConsoleSetup setup) {
        return new AuditReader(clients, setup.topics().audit());
    }

    void close(@Disposes AuditReader reader) {
        reader.close();
    }

    @Produces
    @Singleton
    ExchangeReader exchangeReader(KafkaClients clients, ConsoleSetup setup) {
        return new ExchangeReader(clients, setup.topics().exchanges());
    }

    void close(@Disposes ExchangeReader reader) {
        reader.close();
    }

    @Produces
    @Singleton
    DeadLetterReader deadLetterReader(KafkaClients clients, ConsoleSetup setup) {
        return new DeadLetterReader(clients, setup.topics().deadLetters());
    }

    @Produces
    @Singleton
    @Unremovable
    ReportWriter reportWriter(
            CategoryTables tables, NoteSearch notes, AuditReader audit, DeadLetterReader deadLetters) {
        return new ReportWriter(tables, notes, audit, deadLetters);
    }
}
