package io.rationale.core.audit;

import java.time.Instant;
import java.util.Objects;

/**
 * Where the note stood in Kafka when it was judged.
 *
 * @param timestamp Kafka's
 * @param resentBy  who sent it again out of the dead letters, as the console had asked them for their name; null for a
 *                  note that was not sent again, or where nobody is asked
 */
public record SourcePosition(String topic, int partition, long offset, Instant timestamp, String resentBy) {
    public SourcePosition {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(timestamp, "timestamp");
    }

    /** Of a note that nobody sent again. */
    public SourcePosition(String topic, int partition, long offset, Instant timestamp) {
        this(topic, partition, offset, timestamp, null);
    }
}
