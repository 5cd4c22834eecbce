package io.rationale.console;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.notes.AuditReader;
import io.rationale.console.notes.DeadLetterReader;
import io.rationale.console.report.ReportWriter;
import io.rationale.console.statistics.CategoryTables;
import io.rationale.console.statistics.KeyExamples;
import io.rationale.console.statistics.LabelledNotes;
import io.rationale.console.statistics.NoteStores;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.console.statistics.StatisticsTopology;
import io.rationale.console.statistics.StatisticsView;
import io.rationale.console.statistics.UnreadableRecords;
import io.rationale.console.taxonomies.KnownTaxonomies;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Topology topology(ConsoleSetup setup, ConsoleConfig config, UnreadableRecords unreadable) {
        ConsoleConfig.Statistics settings = config.statistics();
        return StatisticsTopology.of(new StatisticsTopology.Settings(
                setup.topics(), dimensions(settings), settings.retention(), unreadable::add));
    }

    private static Set<String> dimensions(ConsoleConfig.Statistics settings) {
        return Set.copyOf(settings.dimensions().orElse(List.of()));
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
    LabelledNotes labelledNotes(NoteStores stores) {
        return new LabelledNotes(stores);
    }

    @Produces
    @Singleton
    CategoryTables tables(StatisticsView view, LabelledNotes notes, KnownTaxonomies taxonomies, ConsoleConfig config) {
        ConsoleConfig.Statistics settings = config.statistics();
        if (settings.examples() < 0 || settings.examples() > 5) {
            throw new IllegalArgumentException(
                    "rationale.statistics.examples is " + settings.examples() + ": set it from 0 to 5.");
        }
        KeyExamples examples = new KeyExamples(notes, settings.examples(), settings.examplesSearched());
        return new CategoryTables(view, examples, taxonomies, dimensions(settings), settings.retention());
    }

    @Produces
    @Singleton
    @Unremovable
    StatisticsProgress progress(KafkaClients clients, StatisticsView view, NoteStores stores, ConsoleSetup setup) {
        return new StatisticsProgress(clients, view, stores, setup.topics(), setup.applicationId());
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
    DeadLetterReader deadLetterReader(KafkaClients clients, ConsoleSetup setup) {
        return new DeadLetterReader(clients, setup.topics().deadLetters());
    }

    @Produces
    @Singleton
    @Unremovable
    ReportWriter reportWriter(
            CategoryTables tables, NoteStores stores, AuditReader audit, DeadLetterReader deadLetters) {
        return new ReportWriter(tables, stores, audit, deadLetters);
    }
}
