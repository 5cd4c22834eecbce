package io.rationale.classifier.intake;

import io.rationale.classifier.ClassifierConfig;
import java.time.Duration;
import java.util.Map;

/** Values that contradict themselves or each other are told at the start, in a sentence that says what to change. */
final class ConfigCheck {
    /** Kafka's own default. */
    private static final String DEFAULT_MAX_POLL_INTERVAL_MILLIS = "300000";

    private ConfigCheck() {}

    /** @throws IllegalArgumentException with the sentence */
    static void requireConsistent(ClassifierConfig config, Map<String, Object> kafka) {
        atLeast(1, config.batch().maxNotes().orElse(1), "rationale.batch.max-notes");
        atLeast(1, config.batch().maxTokens(), "rationale.batch.max-tokens");
        notNegative(config.batch().linger(), "rationale.batch.linger");
        atLeast(1, config.inFlight().maxNotes().orElse(1), "rationale.in-flight.max-notes");
        atLeast(1, config.inFlight().maxBytes(), "rationale.in-flight.max-bytes");
        notNegative(config.publish().linger(), "rationale.publish.linger");
        atLeast(1, config.note().maxTextBytes(), "rationale.note.max-text-bytes");
        atLeast(1, config.r1().maxAttempts(), "rationale.r1.max-attempts");
        notNegative(config.drainTimeout(), "rationale.drain-timeout");
        requireDrainWithinPollInterval(config.drainTimeout(), maxPollInterval(kafka));
    }

    static Duration maxPollInterval(Map<String, Object> kafka) {
        Object millis = kafka.getOrDefault("max.poll.interval.ms", DEFAULT_MAX_POLL_INTERVAL_MILLIS);
        try {
            return Duration.ofMillis(Long.parseLong(String.valueOf(millis)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("kafka.max.poll.interval.ms is " + millis + "; make it a number", e);
        }
    }

    /** Nobody polls while the loop drains; a member that is put out meanwhile could not commit what it finished. */
    private static void requireDrainWithinPollInterval(Duration drainTimeout, Duration pollInterval) {
        if (drainTimeout.multipliedBy(2).compareTo(pollInterval) >= 0) {
            throw new IllegalArgumentException("rationale.drain-timeout is " + drainTimeout
                    + "; make it less than half of kafka.max.poll.interval.ms, which is " + pollInterval.toMillis()
                    + " ms");
        }
    }

    private static void atLeast(long least, long value, String key) {
        if (value < least) {
            throw new IllegalArgumentException(key + " is " + value + "; make it at least " + least);
        }
    }

    private static void notNegative(Duration value, String key) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + " is " + value + "; make it not negative");
        }
    }
}
