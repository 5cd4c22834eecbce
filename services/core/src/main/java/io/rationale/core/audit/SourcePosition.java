package io.rationale.core.audit;

import java.time.Instant;
import java.util.Objects;

/** Where the note stood in Kafka when it was judged, with Kafka's timestamp. */
public record SourcePosition(String topic, int partition, long offset, Instant timestamp) {
    public SourcePosition {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(timestamp, "timestamp");
    }
}
