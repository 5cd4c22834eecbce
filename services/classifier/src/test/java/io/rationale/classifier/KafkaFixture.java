package io.rationale.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a test writes to and reads from the topics of one prefix. */
public final class KafkaFixture {
    private final String bootstrapServers;
    private final Topics topics;

    public KafkaFixture(String bootstrapServers, Topics topics) {
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
    }

    /** Notes whose texts are their ids, spread over the partitions. */
    public void send(List<String> texts) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            texts.forEach(text ->
                    producer.send(record(text, Json.bytes(Map.of("id", text, "text", text, "source", "test")))));
        }
    }

    /** Notes by their ids. */
    public void send(Map<String, String> textsById) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            textsById.forEach((id, text) ->
                    producer.send(record(id, Json.bytes(Map.of("id", id, "text", text, "source", "test")))));
        }
    }

    public void sendRaw(String key, byte[] value) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(record(key, value));
        }
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(record);
        }
    }

    public Topics topics() {
        return topics;
    }

    /** Everything committed so far. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    public List<AuditEvent> audit() {
        return read(topics.audit()).stream().map(each -> event(each.value())).toList();
    }

    /** The ids of the notes that were decided, as often as they were. */
    public List<String> decided() {
        return audit().stream().map(AuditEvent::noteId).toList();
    }

    public void requireEachOnce(List<String> texts) {
        assertThat(decided()).containsExactlyInAnyOrderElementsOf(texts);
    }

    public static List<String> texts(String prefix, int count) {
        return Stream.iterate(0, i -> i + 1).limit(count).map(i -> prefix + i).toList();
    }

    private ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
        return new ProducerRecord<>(topics.notes(), key.getBytes(StandardCharsets.UTF_8), value);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "max.request.size",
                        64 * 1024 * 1024,
                        "buffer.memory",
                        64 * 1024 * 1024,
                        "compression.type",
                        "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static AuditEvent event(byte[] value) {
        try {
            return Json.mapper().readValue(value, AuditEvent.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
