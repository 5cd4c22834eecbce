package io.rationale.local.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.core.note.NoteIds;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.topic.Topics;
import io.rationale.topics.GrouplessConsumer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what a data directory holds, then goes on reading the decisions as they come. */
final class DirectoryReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final TaxonomyRef taxonomy;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Map<TopicPartition, Long> auditReadTo = Map.of();
    private Thread tail;

    DirectoryReader(String bootstrapServers, Topics topics, TaxonomyRef taxonomy) {
        this.consumer = new GrouplessConsumer(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"));
        this.topics = topics;
        this.taxonomy = taxonomy;
    }

    /** Reads notes, decisions and dead letters up to their present ends. */
    KnownNotes read() {
        KnownNotes known = new KnownNotes();
        readToEnd(topics.notes(), each -> noteOf(each, known));
        auditReadTo = readToEnd(topics.audit(), each -> AuditHeaders.of(each, taxonomy)
                .ifPresent(event -> known.decided(event.noteId(), event.position(), event.state())));
        readToEnd(topics.deadLetters(), each -> {
            if (each.key() != null) {
                known.addDeadLetter(new String(each.key(), StandardCharsets.UTF_8));
            }
        });
        return known;
    }

    /** Tells of every decision after those that {@link #read()} saw, on a thread of its own; to be called once. */
    void follow(AwaitedNotes awaited) {
        consumer.assign(auditReadTo.keySet());
        auditReadTo.forEach(consumer::seek);
        tail = Thread.ofPlatform().name("decisions").daemon().start(() -> poll(awaited));
    }

    @Override
    public void close() {
        closed.set(true);
        try {
            if (tail != null) {
                tail.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }

    private void poll(AwaitedNotes awaited) {
        while (!closed.get()) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                AuditHeaders.of(each).ifPresent(event -> awaited.decided(event.noteId(), event.state()));
            }
        }
    }

    /** @return the offsets up to which it read */
    private Map<TopicPartition, Long> readToEnd(String topic, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            consumer.poll(POLL).forEach(visitor);
        }
        return partitions.stream().collect(Collectors.toMap(each -> each, consumer::position));
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
    }

    /** A record that is no note becomes a dead letter in the classifier and is nobody's duplicate. */
    private static void noteOf(ConsumerRecord<byte[], byte[]> each, KnownNotes known) {
        if (each.value() == null) {
            // Erased.
            return;
        }
        try {
            JsonNode json = Json.tree(each.value());
            String derived = NoteIds.inTopic(each.topic(), each.partition(), each.offset());
            String position = each.topic() + "-" + each.partition() + "@" + each.offset();
            known.sent(json.path("id").asText(derived), json.path("text").asText(""), position);
        } catch (UncheckedIOException e) {
            // Not JSON: the classifier tells.
        }
    }
}
