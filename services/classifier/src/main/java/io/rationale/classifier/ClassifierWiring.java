package io.rationale.classifier;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.rationale.classifier.discovery.DiscoveryLoop;
import io.rationale.classifier.discovery.DiscoveryMetrics;
import io.rationale.classifier.intake.ClassifierLoop;
import io.rationale.classifier.intake.ReclassificationLoop;
import io.rationale.classifier.r1.R1Availability;
import io.rationale.classifier.r1.R1Cluster;
import io.rationale.classifier.r1.SpareSlots;
import io.rationale.classifier.status.StatusReporter;
import io.rationale.classifier.status.StatusSnapshot;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.core.status.ClassifierStatus;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the service together: the one place that knows both the framework and the parts. */
@ApplicationScoped
public class ClassifierWiring {
    private volatile ClassifierLoop loop;
    private volatile ReclassificationLoop reclassifications;
    private volatile DiscoveryLoop discoveries;
    private Thread watch;
    private StatusReporter reporter;

    @Produces
    @Singleton
    R1Availability availability() {
        return new R1Availability(Clock.systemUTC());
    }

    @Produces
    @Singleton
    NoteTraces traces(
            OpenTelemetry telemetry,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "false") boolean isOff) {
        // An SDK that is off makes spans all the same, and nobody gets them.
        return isOff ? NoteTraces.NONE : new NoteTraces(telemetry);
    }

    @Produces
    @Singleton
    R1Cluster cluster(
            ClassifierConfig config,
            R1Availability availability,
            TlsConfigurationRegistry tls,
            MeterRegistry meters,
            NoteTraces traces) {
        return configured(() -> new R1Cluster(config.r1(), name -> named(tls, name), availability, meters, traces));
    }

    void close(@Disposes R1Cluster cluster) {
        cluster.close();
    }

    void start(
            @Observes StartupEvent event,
            ClassifierConfig config,
            R1Cluster cluster,
            R1Availability availability,
            MeterRegistry meters,
            NoteTraces traces,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version,
            @Identifier("default-kafka-broker") Map<String, Object> kafka)
            throws IOException {
        if (!config.classifier().enabled()) {
            return;
        }
        Taxonomy taxonomy = taxonomy(config);
        loop = configured(() -> new ClassifierLoop(
                config, new HashMap<>(kafka), taxonomy, cluster.model(), cluster, meters, traces, Clock.systemUTC()));
        loop.start();
        SpareSlots spare = new SpareSlots(cluster::calls, loop::running, loop::waiting, Clock.systemUTC());
        String instance = loop.state().instance();
        if (config.reclassification().enabled()) {
            reclassifications = configured(() -> new ReclassificationLoop(
                    config,
                    new HashMap<>(kafka),
                    taxonomy,
                    cluster.model(),
                    cluster,
                    spare,
                    instance,
                    meters,
                    traces,
                    Clock.systemUTC()));
            reclassifications.start();
        }
        StatusSnapshot status = new StatusSnapshot(
                version,
                cluster,
                availability,
                loop::state,
                this::reclassification,
                this::discovery,
                Clock.systemUTC());
        reporter = new StatusReporter(
                StatusReporter.producer(kafka), new Topics(config.topicPrefix()).status(), instance, status);
        reporter.start();
        if (config.discovery().enabled()) {
            discoveries = configured(() ->
                    new DiscoveryLoop(config, kafka, cluster.model(), cluster, spare, instance, Clock.systemUTC()));
            new DiscoveryMetrics(meters, discoveries::state);
            discoveries.start();
        }
        watch = Thread.ofVirtual().name("r1-watch").start(() -> watch(cluster));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (loop != null) {
            watch.interrupt();
            if (discoveries != null) {
                discoveries.stop();
            }
            if (reclassifications != null) {
                reclassifications.stop();
            }
            loop.stop();
            reporter.close();
        }
    }

    /** Null where another classifier runs the discoveries. */
    private ClassifierStatus.Discovery discovery() {
        DiscoveryLoop now = discoveries;
        return now == null ? null : now.state().orElse(null);
    }

    private ClassifierStatus.Reclassification reclassification() {
        return reclassifications == null ? null : reclassifications.state();
    }

    /** What ended a loop, when it ended by itself. */
    public Optional<Throwable> failure() {
        Optional<Throwable> failure = loop == null ? Optional.empty() : loop.failure();
        return failure.isPresent() || reclassifications == null ? failure : reclassifications.failure();
    }

    /** Whether a loop has not polled for so long that only a restart helps. */
    public boolean isStuck() {
        return loop != null && loop.isStuck() || reclassifications != null && reclassifications.isStuck();
    }

    /** Whether the brokers heard of the loop lately; also true where nothing is to be classified. */
    public boolean isMember() {
        return loop == null || loop.isMember();
    }

    /** A wrong value is the operator's to mend: that takes a sentence and no stack trace. */
    private static <T> T configured(Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static TlsConfiguration named(TlsConfigurationRegistry tls, String name) {
        return tls.get(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no TLS configuration named " + name
                        + "; the keys quarkus.tls.\"" + name + "\".* make one"));
    }

    private static void watch(R1Cluster cluster) {
        try {
            cluster.watch();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Taxonomy taxonomy(ClassifierConfig config) throws IOException {
        return config.taxonomyFile().isPresent()
                ? Taxonomies.read(Path.of(config.taxonomyFile().get()))
                : Taxonomies.ragFailures();
    }
}
