package io.rationale.console.reclassification;

import io.rationale.core.audit.CloudEvents;
import io.rationale.core.json.Json;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.reclassification.ReclassificationNote;
import io.rationale.core.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes what happened to jobs: notes for the classifiers, how their job stands, and how far the requests are read, all
 * in one transaction. Its transactional id is the same at every console: who begins ends what another left open, and
 * shuts that one out. Whatever fails, the one who goes on has to read what is there. Not thread safe.
 */
final class Journal implements AutoCloseable {
    private static final String SOURCE = "/rationale/console";
    private static final String TYPE = "io.rationale.reclassification.v1";

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;

    /** @param producers makes a transactional producer */
    Journal(Supplier<Producer<byte[], byte[]>> producers, Topics topics) {
        this.producer = producers.get();
        this.topics = topics;
        producer.initTransactions();
    }

    /** How far the requests are read, as a member of a group. */
    record Read(TopicPartition partition, long next, ConsumerGroupMetadata group) {}

    /** Jobs as they stand now. */
    void write(Collection<ReclassificationJob> jobs, Read read, Instant now) {
        producer.beginTransaction();
        jobs.forEach(job -> producer.send(record(job, now)));
        commit(read);
    }

    /**
     * Notes of a job, and the job as it stands after them.
     *
     * @param job given the offsets after the last of these notes, by partition
     */
    ReclassificationJob write(
            List<AskedNote> notes, Function<Map<Integer, Long>, ReclassificationJob> job, Read read, Instant now)
            throws InterruptedException {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        notes.forEach(note -> sent.add(producer.send(record(note, now))));
        producer.flush();
        ReclassificationJob after = job.apply(ends(sent));
        producer.send(record(after, now));
        commit(read);
        return after;
    }

    private void commit(Read read) {
        producer.sendOffsetsToTransaction(Map.of(read.partition(), new OffsetAndMetadata(read.next())), read.group());
        producer.commitTransaction();
    }

    private static Map<Integer, Long> ends(List<Future<RecordMetadata>> sent) throws InterruptedException {
        Map<Integer, Long> ends = new HashMap<>();
        try {
            for (Future<RecordMetadata> each : sent) {
                RecordMetadata at = each.get();
                ends.merge(at.partition(), at.offset() + 1, Math::max);
            }
        } catch (ExecutionException e) {
            throw new KafkaException("a note could not be written", e.getCause());
        }
        return ends;
    }

    private ProducerRecord<byte[], byte[]> record(AskedNote asked, Instant now) {
        return record(
                topics.reclassificationNotes(),
                asked.firstSeen().toEpochMilli(),
                asked.note().id(),
                Json.bytes(asked.note()),
                ReclassificationNote.headers(asked.job(), asked.taxonomy(), asked.note(), SOURCE, now));
    }

    private ProducerRecord<byte[], byte[]> record(ReclassificationJob job, Instant now) {
        return record(
                topics.reclassifications(),
                null,
                job.id(),
                Json.bytes(job),
                CloudEvents.headers(UUID.randomUUID().toString(), SOURCE, TYPE, job.id(), now));
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, Long timestamp, String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, timestamp, key.getBytes(StandardCharsets.UTF_8), value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ofSeconds(2));
    }
}
