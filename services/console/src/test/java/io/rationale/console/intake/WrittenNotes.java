package io.rationale.console.intake;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What the classifier would read: the committed records of the notes topic. */
final class WrittenNotes {
    private WrittenNotes() {}

    static List<ConsumerRecord<byte[], byte[]>> all(String brokers, String topic) {
        KafkaClients clients = new KafkaClients(Map.of("bootstrap.servers", brokers));
        try (Consumer<byte[], byte[]> reader = clients.reader("test", 500);
                Admin admin = clients.admin()) {
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, ListOffsetsResultInfo> ends = ends(admin, partitions);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(p -> reader.position(p) < ends.get(p).offset())) {
                reader.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }

    /** The end of everything, not only of what is committed: a commit is answered before readers can see it. */
    private static Map<TopicPartition, ListOffsetsResultInfo> ends(Admin admin, List<TopicPartition> partitions) {
        try {
            return admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> ids(String brokers, String topic) {
        return all(brokers, topic).stream()
                .map(read -> new String(read.key(), StandardCharsets.UTF_8))
                .toList();
    }

    static List<String> texts(String brokers, String topic) {
        return all(brokers, topic).stream()
                .map(read -> Json.tree(read.value()).path("text").asText())
                .toList();
    }
}
