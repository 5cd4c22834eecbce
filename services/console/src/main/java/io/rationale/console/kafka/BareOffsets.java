package io.rationale.console.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Tells offsets without records from those with: transactions' markers and aborted records have offsets, too. */
public final class BareOffsets {
    private static final Duration POLL = Duration.ofMillis(500);

    private BareOffsets() {}

    /**
     * Whether there is no committed record between those offsets. A broker that is slow to answer looks like records.
     *
     * @param from by partition
     * @param to   by partition, for at least the same ones
     */
    public static boolean between(KafkaClients clients, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        try (Consumer<byte[], byte[]> reader = clients.reader("console-progress", 1)) {
            reader.assign(from.keySet());
            reader.seekToBeginning(from.keySet());
            from.forEach((partition, offset) -> {
                if (offset > 0) {
                    reader.seek(partition, offset);
                }
            });
            boolean empty = reader.poll(POLL).isEmpty();
            return empty
                    && from.keySet().stream().allMatch(partition -> reader.position(partition) >= to.get(partition));
        }
    }
}
