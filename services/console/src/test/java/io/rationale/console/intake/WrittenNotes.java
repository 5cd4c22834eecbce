package io.rationale.console.intake;

import io.rationale.console.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What the classifier would read: the committed records of the notes topic. */
final class WrittenNotes {
    private WrittenNotes() {}

    static List<ConsumerRecord<byte[], byte[]>> all(String brokers, String topic) {
        try (Consumer<byte[], byte[]> reader =
                new KafkaClients(Map.of("bootstrap.servers", brokers)).reader("test", 500)) {
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> reader.position(p) < ends.get(p))) {
                reader.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }

    static List<String> ids(String brokers, String topic) {
        return all(brokers, topic).stream()
                .map(read -> new String(read.key(), StandardCharsets.UTF_8))
                .toList();
    }
}
