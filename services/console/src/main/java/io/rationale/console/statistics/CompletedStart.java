package io.rationale.console.statistics;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Lets the start of the statistics come to its end before they are stopped. The framework starts them beside everything
 * else; a command that has nothing to do stops so soon that the start would meet what is closed already, and fail with a
 * stack trace.
 */
@Singleton
public class CompletedStart {
    /** Earlier than observers that name no priority. */
    private static final int FIRST = 1;

    /** Where Kafka is away, the start does not come at all. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private KafkaStreams streams;

    void remember(@Observes KafkaStreams starting) {
        streams = starting;
    }

    void complete(@Observes @Priority(FIRST) ShutdownEvent event) throws InterruptedException {
        if (streams == null) {
            return;
        }
        long until = System.nanoTime() + LONGEST.toNanos();
        while (streams.state() == KafkaStreams.State.CREATED && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        // Kafka Streams holds its own lock until it has started.
        synchronized (streams) {
            streams = null;
        }
    }
}
