package io.rationale.console.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.seal.ChainHead;
import io.rationale.core.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What an audit and its chains hold, read from a broker. */
final class SealedAudit implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final Topics topics;

    SealedAudit(KafkaClients clients, Topics topics) {
        consumer = clients.reader("test", 1_000);
        this.topics = topics;
    }

    /** Links by the audit's partition, in their order. */
    Map<Integer, List<ChainEvent.Sealed>> links() {
        Map<Integer, List<ChainEvent.Sealed>> links = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> each : read(topics.auditChain())) {
            ChainEvent.Sealed link = (ChainEvent.Sealed) Json.read(each.value(), ChainEvent.class);
            assertThat(each.partition()).isEqualTo(link.partition());
            links.computeIfAbsent(link.partition(), any -> new ArrayList<>()).add(link);
        }
        return links;
    }

    long sealed() {
        return links().values().stream()
                .flatMap(List::stream)
                .mapToLong(ChainEvent.Sealed::records)
                .sum();
    }

    /** Every record is sealed once, in one chain for each partition without a gap. */
    void assertOneWholeChainEach() {
        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> records = new TreeMap<>();
        read(topics.audit()).forEach(each -> records.computeIfAbsent(each.partition(), any -> new ArrayList<>())
                .add(each));
        Map<Integer, List<ChainEvent.Sealed>> links = links();
        assertThat(links.keySet()).isEqualTo(records.keySet());
        links.forEach((partition, chain) -> assertWhole(chain, records.get(partition)));
    }

    private void assertWhole(List<ChainEvent.Sealed> chain, List<ConsumerRecord<byte[], byte[]>> records) {
        ChainHead head = ChainHead.NONE;
        int at = 0;
        for (ChainEvent.Sealed link : chain) {
            OpenLink again = new OpenLink(new TopicPartition(link.topic(), link.partition()), head);
            for (int i = 0; i < link.records(); i++) {
                again.add(records.get(at++), 0);
            }
            assertThat(again.seal(link.at())).contains(link);
            head = link.head();
        }
        assertThat(at).isEqualTo(records.size());
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Instant until = Instant.now().plusSeconds(20);
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            assertThat(Instant.now()).isBefore(until);
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
