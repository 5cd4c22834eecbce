package io.rationale.console.reclassification;

import io.rationale.console.Events;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Judges notes again as a classifier does: each in a transaction, skipping those of jobs that are over. */
final class FakeClassifier implements AutoCloseable {
    /** Notes of these ids get no verdict. */
    static final String HOPELESS = "hopeless";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Topics topics;
    private final Function<String, ReclassificationJob> jobs;
    /** Notes that it may judge. */
    final Semaphore permits = new Semaphore(0);

    private volatile boolean stopping;
    private final Thread thread;

    FakeClassifier(String brokers, Topics topics, String group, Function<String, ReclassificationJob> jobs) {
        this.topics = topics;
        this.jobs = jobs;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "group.id",
                        group,
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed",
                        "max.poll.records",
                        50),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "transactional.id", topics.prefix() + "fake"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        producer.initTransactions();
        consumer.subscribe(List.of(topics.reclassificationNotes()));
        while (!stopping) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                if (!judge(record)) {
                    return;
                }
            }
        }
        consumer.close();
        producer.close();
    }

    private boolean judge(ConsumerRecord<byte[], byte[]> record) {
        String id = header(record, CloudEvents.RECLASSIFICATION);
        while (!isPermitted()) {
            ReclassificationJob job = jobs.apply(id);
            if (stopping || job != null && job.state().isOver()) {
                break;
            }
        }
        if (stopping) {
            return false;
        }
        producer.beginTransaction();
        ReclassificationJob job = jobs.apply(id);
        if (job == null || !job.state().isOver()) {
            producer.send(verdict(record, id));
        }
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        next.put(new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        producer.sendOffsetsToTransaction(next, consumer.groupMetadata());
        producer.commitTransaction();
        return true;
    }

    /** Waits a moment, so that whoever asks again and again leaves the processor to others. */
    private boolean isPermitted() {
        try {
            return permits.tryAcquire(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ProducerRecord<byte[], byte[]> verdict(ConsumerRecord<byte[], byte[]> record, String job) {
        Note note = Json.read(record.value(), Note.class);
        String[] ref = header(record, CloudEvents.TAXONOMY).split("@");
        TaxonomyRef taxonomy = new TaxonomyRef(ref[0], Integer.parseInt(ref[1]));
        AuditEvent event = note.id().startsWith(HOPELESS) ? failed(note, taxonomy, job) : judged(note, taxonomy, job);
        ProducerRecord<byte[], byte[]> decided = new ProducerRecord<>(topics.audit(), record.key(), Json.bytes(event));
        decided.headers().add(CloudEvents.RECLASSIFICATION, job.getBytes(StandardCharsets.UTF_8));
        return decided;
    }

    private static AuditEvent judged(Note note, TaxonomyRef taxonomy, String job) {
        AuditEvent.Classified event = Events.classified(note, taxonomy, "other");
        return new AuditEvent.Classified(
                1, event.eventId(), note, event.position(), event.verdict().reclassifiedFor(job));
    }

    private static AuditEvent failed(Note note, TaxonomyRef taxonomy, String job) {
        AuditEvent.Unclassifiable event = Events.unclassifiable(note, taxonomy);
        return new AuditEvent.Unclassifiable(
                1,
                event.eventId(),
                note,
                event.position(),
                taxonomy,
                event.reason(),
                event.cause(),
                event.attempts(),
                event.usage(),
                event.exchanges(),
                event.at(),
                job);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
