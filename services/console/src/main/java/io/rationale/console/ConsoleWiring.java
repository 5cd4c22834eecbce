package io.rationale.console;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rationale.console.alerts.AlertRules;
import io.rationale.console.alerts.AlertTopology;
import io.rationale.console.alerts.Observations;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.notes.AuditReader;
import io.rationale.console.notes.DeadLetterReader;
import io.rationale.console.notes.ErasedRecords;
import io.rationale.console.notes.ExchangeReader;
import io.rationale.console.report.ReportWriter;
import io.rationale.console.search.AuditIndexer;
import io.rationale.console.search.IndexedExamples;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.statistics.CategoryTables;
import io.rationale.console.statistics.CountingPace;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.console.statistics.StatisticsTopology;
import io.rationale.console.statistics.StatisticsView;
import io.rationale.console.statistics.UnreadableRecords;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.topic.Retention;
import io.rationale.core.topic.Topics;
import io.rationale.topics.NativeCompression;
import io.rationale.topics.RetentionSetup;
import io.rationale.topics.TopicSetup;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts the console together; everything else is plain classes with constructors. */
@Singleton
public class ConsoleWiring {
    private static final Logger LOG = Logger.getLogger(ConsoleWiring.class);

    private static final long RETRY_MILLIS = 2_000;

    private TopicSetup topics;
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Produces
    @Singleton
    ConsoleSetup setup(
            ConsoleConfig config,
            KnownTaxonomies taxonomies,
            @ConfigProperty(name = "quarkus.kafka-streams.application-id") String applicationId,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        return new ConsoleSetup(
                new Topics(config.topicPrefix()), taxonomies, applicationId, version, InstantSource.system());
    }

    @Produces
    @Singleton
    Retention retention(ConsoleConfig config) {
        return Configured.part(() -> Retention.of(config.retention()));
    }

    @Produces
    @Singleton
    UnreadableRecords unreadableRecords() {
        return new UnreadableRecords();
    }

    @Produces
    @Singleton
    CountingPace pace() {
        return new CountingPace();
    }

    @Produces
    @Singleton
    Topology topology(
            ConsoleSetup setup,
            ConsoleConfig config,
            CountingPace pace,
            UnreadableRecords unreadable,
            Observations observations) {
        ConsoleConfig.Statistics settings = config.statistics();
        StreamsBuilder builder = new StreamsBuilder();
        StatisticsTopology.addTo(
                builder,
                Configured.part(() -> new StatisticsTopology.Settings(
                        setup.topics(), dimensions(settings), settings.retention(), pace, unreadable::add)));
        AlertTopology.addTo(
                builder,
                setup.topics(),
                Configured.part(() -> AlertRules.of(config.alerts().rules())),
                observations);
        return builder.build();
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
        NativeCompression.load();
        return new KafkaClients(connection);
    }

    @Produces
    @Singleton
    StatisticsView view(KafkaClients clients, ConsoleSetup setup) {
        return new StatisticsView(clients, setup.topics().categoryStatistics());
    }

    void start(
            @Observes StartupEvent event,
            StatisticsView view,
            KafkaClients clients,
            ConsoleSetup setup,
            Retention retention,
            ConsoleConfig config) {
        List<Topics.Spec> specs = config.topics().create()
                ? retention.applied(
                        setup.topics(), setup.topics().specs(config.topics().partitions()))
                : List.of();
        topics = new TopicSetup(clients::admin, specs);
        Thread.ofVirtual().name("topic-setup").start(() -> prepareTopics(clients, setup.topics(), retention));
        view.start();
    }

    private void prepareTopics(KafkaClients clients, Topics names, Retention retention) {
        try {
            topics.run();
            if (!retention.millis().isEmpty()) {
                keepFor(clients, names, retention);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the brokers answer; what they refuse is said once and left. */
    private void keepFor(KafkaClients clients, Topics names, Retention retention) throws InterruptedException {
        try (Admin admin = clients.admin()) {
            RetentionSetup.Result result;
            do {
                result = RetentionSetup.apply(admin, names, retention);
                result.log();
            } while (result.again() && !stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    void stop(@Observes ShutdownEvent event, StatisticsView view) {
        stopped.countDown();
        topics.stop();
        view.close();
    }

    @Produces
    @Singleton
    CategoryTables tables(
            StatisticsView view, IndexedExamples examples, KnownTaxonomies taxonomies, ConsoleConfig config) {
        ConsoleConfig.Statistics settings = config.statistics();
        return new CategoryTables(view, examples, taxonomies, dimensions(settings), settings.retention());
    }

    @Produces
    @Singleton
    @Unremovable
    StatisticsProgress progress(KafkaClients clients, StatisticsView view, AuditIndexer indexer, ConsoleSetup setup) {
        return new StatisticsProgress(clients, view, indexer::hasRead, setup.topics(), setup.applicationId());
    }

    void close(@Disposes StatisticsProgress progress) {
        progress.close();
    }

    @Produces
    @Singleton
    ErasedRecords erasedRecords(KafkaClients clients, ConsoleSetup setup) {
        return new ErasedRecords(clients, setup.topics().auditChain());
    }

    void start(@Observes StartupEvent event, ErasedRecords erased) {
        erased.start();
    }

    void close(@Disposes ErasedRecords erased) {
        erased.close();
    }

    @Produces
    @Singleton
    AuditReader auditReader(KafkaClients clients, ConsoleSetup setup, ErasedRecords erased) {
        return new AuditReader(clients, setup.topics().audit(), erased);
    }

    void close(@Disposes AuditReader reader) {
        reader.close();
    }

    @Produces
    @Singleton
    ExchangeReader exchangeReader(KafkaClients clients, ConsoleSetup setup, ErasedRecords erased) {
        return new ExchangeReader(clients, setup.topics().exchanges(), erased);
    }

    void close(@Disposes ExchangeReader reader) {
        reader.close();
    }

    @Produces
    @Singleton
    @Unremovable
    ReportWriter reportWriter(
            CategoryTables tables, NoteSearch notes, AuditReader audit, DeadLetterReader deadLetters) {
        return new ReportWriter(tables, notes, audit, deadLetters);
    }
}
