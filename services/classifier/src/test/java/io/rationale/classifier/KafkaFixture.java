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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What a test writes to and reads from the topics of one prefix. Tests ask again and again until something is there, so
 * connections stay, and each record is read once.
 */
public final class KafkaFixture implements AutoCloseable {
    private static final Set<TransactionState> DECIDED =
            Set.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);

    private final String bootstrapServers;
    private final Topics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;
    private final Map<String, TopicReader> readers = new HashMap<>();
    private final List<AuditEvent> audit = new ArrayList<>();

    public KafkaFixture(String bootstrapServers, Topics topics) {
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
        producer = producer(bootstrapServers);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    @Override
    public synchronized void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        readers.values().forEach(TopicReader::close);
    }

    /** Notes whose texts are their ids, spread over the partitions. */
    public void send(List<String> texts) {
        texts.forEach(
                text -> producer.send(record(text, Json.bytes(Map.of("id", text, "text", text, "source", "test")))));
        producer.flush();
    }

    /** Notes by their ids. */
    public void send(Map<String, String> textsById) {
        textsById.forEach(
                (id, text) -> producer.send(record(id, Json.bytes(Map.of("id", id, "text", text, "source", "test")))));
        producer.flush();
    }

    public void sendRaw(String key, byte[] value) {
        send(record(key, value));
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record);
        producer.flush();
    }

    public Topics topics() {
        return topics;
    }

    /** Everything committed so far, also what was a moment ago: a commit is answered before readers see it. */
    public synchronized List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        boolean isCommitting = true;
        while (isCommitting) {
            isCommitting = isCommitting();
        }
        return readers.computeIfAbsent(topic, name -> new TopicReader(bootstrapServers, name))
                .readToEnd();
    }

    /** Whether a transaction is decided, and its end does not stand in all partitions yet. */
    private boolean isCommitting() {
        try {
            return !admin.listTransactions(new ListTransactionsOptions().filterStates(DECIDED))
                    .all()
                    .get()
                    .isEmpty();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public synchronized List<AuditEvent> audit() {
        List<ConsumerRecord<byte[], byte[]>> records = read(topics.audit());
        records.subList(audit.size(), records.size()).forEach(each -> audit.add(event(each.value())));
        return List.copyOf(audit);
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

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
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
