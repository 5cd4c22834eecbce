package io.rationale.benchmark.check;

import io.rationale.benchmark.stack.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is committed in some topics, from the beginning. Not thread-safe. */
public final class CommittedRecords implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<String, byte[]> consumer;
    private long count;

    public CommittedRecords(String bootstrapServers, List<String> topics) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes what has come since the last time. */
    public void poll(Consumer<ConsumerRecord<String, byte[]>> records) {
        consumer.poll(POLL).forEach(next -> {
            count++;
            records.accept(next);
        });
    }

    /** How many have come. */
    public long count() {
        return count;
    }

    /** Waits until so many have come, from the beginning on. */
    public void await(long wanted, Duration bound) {
        Await.until(wanted + " records of " + consumer.assignment(), bound, () -> {
            poll(next -> {});
            return count >= wanted;
        });
    }

    /** Takes all that is committed now. */
    public void readToEnd(Consumer<ConsumerRecord<String, byte[]>> records) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(records);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
