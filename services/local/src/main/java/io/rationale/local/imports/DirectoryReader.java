package io.rationale.local.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.core.note.NoteIds;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.topic.Topics;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a data directory holds, then goes on reading the decisions as they come. */
final class DirectoryReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final TaxonomyRef taxonomy;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Thread tail;

    DirectoryReader(String bootstrapServers, Topics topics, TaxonomyRef taxonomy) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.topics = topics;
        this.taxonomy = taxonomy;
    }

    /** Reads notes, decisions and dead letters up to their present ends. */
    KnownNotes read() {
        KnownNotes known = new KnownNotes();
        readToEnd(topics.notes(), each -> noteOf(each, known));
        readToEnd(topics.audit(), each -> AuditHeaders.of(each, taxonomy)
                .ifPresent(event -> known.decided(event.noteId(), event.position(), event.state())));
        readToEnd(topics.deadLetters(), each -> {
            if (each.key() != null) {
                known.addDeadLetter(new String(each.key(), StandardCharsets.UTF_8));
            }
        });
        return known;
    }

    /** Tells of every decision from now on, on a thread of its own; to be called once, after {@link #read()}. */
    void follow(AwaitedNotes awaited) {
        List<TopicPartition> partitions = partitions(topics.audit());
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        tail = Thread.ofPlatform().name("decisions").daemon().start(() -> follow(partitions, awaited));
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

    private void follow(Collection<TopicPartition> partitions, AwaitedNotes awaited) {
        while (!closed.get()) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                AuditHeaders.of(each, taxonomy)
                        .filter(event -> event.state() != KnownNotes.State.DECIDED_BEFORE)
                        .ifPresent(event -> awaited.decided(event.noteId(), event.state()));
            }
        }
    }

    private void readToEnd(String topic, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            consumer.poll(POLL).forEach(visitor);
        }
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
    }

    /** A record that is no note becomes a dead letter in the classifier and is nobody's duplicate. */
    private static void noteOf(ConsumerRecord<byte[], byte[]> each, KnownNotes known) {
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
