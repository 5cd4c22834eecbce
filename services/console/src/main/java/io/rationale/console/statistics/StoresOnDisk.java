package io.rationale.console.statistics;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Lets the statistics begin without the stores of a run that did not close them: they are filled anew from Kafka.
 * Exactly-once throws such stores away in any case, but opens each first, and one that was being deleted when the
 * process was killed cannot be opened: the statistics would never start again.
 */
@Singleton
public class StoresOnDisk {
    private static final Logger LOG = Logger.getLogger(StoresOnDisk.class);

    /** Later than observers that name no priority. */
    private static final int AFTER_KAFKA_STREAMS = Interceptor.Priority.APPLICATION + 1_000;

    private final Path closedInOrder;
    private KafkaStreams streams;

    StoresOnDisk(
            @ConfigProperty(name = "kafka-streams.state.dir") Path stateDirectory,
            @ConfigProperty(name = "quarkus.kafka-streams.application-id") String applicationId) {
        this.closedInOrder = stateDirectory.resolve(applicationId).resolve("closed-in-order");
    }

    /** Comes before the start, when the directory is already locked. */
    void prepare(@Observes KafkaStreams starting) {
        streams = starting;
        try {
            if (!Files.deleteIfExists(closedInOrder)) {
                streams.cleanUp();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Comes after the end. */
    void leave(@Observes @Priority(AFTER_KAFKA_STREAMS) ShutdownEvent event) {
        if (streams != null && streams.state() == KafkaStreams.State.NOT_RUNNING) {
            try {
                Files.writeString(closedInOrder, "");
            } catch (IOException e) {
                LOG.warnf("The stores in %s will be filled anew at the next start: %s", closedInOrder.getParent(), e);
            }
        }
    }
}
