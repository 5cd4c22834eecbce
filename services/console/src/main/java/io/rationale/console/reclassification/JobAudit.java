package io.rationale.console.reclassification;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.json.Json;
import io.rationale.core.r1.Usage;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.reclassification.ReclassificationJob.Move;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Counts what the audit says of one job, committed records only, from where the job says that it is counted. What was
 * read and not taken yet is forgotten with it. Not thread safe.
 */
final class JobAudit implements AutoCloseable {
    private static final int RECORDS_A_POLL = 1_000;

    private final String job;
    private final UnaryOperator<String> labelBefore;
    private final Consumer<byte[], byte[]> reader;
    private final List<TopicPartition> partitions;
    private long verdicts;
    private long failures;
    private Usage usage = Usage.NONE;
    private List<Move> moves = new ArrayList<>();

    /**
     * @param topic       the audit
     * @param labelBefore finds the label of a note under the version that the job comes from, or null
     */
    JobAudit(KafkaClients clients, String topic, ReclassificationJob job, UnaryOperator<String> labelBefore) {
        this.job = job.id();
        this.labelBefore = labelBefore;
        this.reader = clients.reader("console-reclassification-audit", RECORDS_A_POLL);
        this.partitions = job.place().counted().keySet().stream()
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        reader.assign(partitions);
        partitions.forEach(
                partition -> reader.seek(partition, job.place().counted().get(partition.partition())));
    }

    /** Which job. */
    String job() {
        return job;
    }

    /** Reads what there is. */
    void read(Duration patience) {
        reader.poll(patience).forEach(this::count);
    }

    /** Whether everything before those ends is read. */
    boolean hasRead(Map<Integer, Long> ends) {
        return partitions.stream().allMatch(each -> reader.position(each) >= ends.getOrDefault(each.partition(), 0L));
    }

    /** Whether anything of the job was read since it was taken last. */
    boolean hasNews() {
        return verdicts + failures > 0;
    }

    /** Adds what was read since the last time. */
    ReclassificationJob addTo(ReclassificationJob before) {
        Map<Integer, Long> to = new TreeMap<>();
        partitions.forEach(each -> to.put(each.partition(), reader.position(each)));
        ReclassificationJob after = before.counted(verdicts, failures, usage, moves, to);
        verdicts = 0;
        failures = 0;
        usage = Usage.NONE;
        moves = new ArrayList<>();
        return after;
    }

    private void count(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(CloudEvents.RECLASSIFICATION);
        boolean isOurs = header != null
                && header.value() != null
                && new String(header.value(), StandardCharsets.UTF_8).equals(job);
        if (isOurs && record.value() != null) {
            try {
                count(Json.read(record.value(), AuditEvent.class));
            } catch (UncheckedIOException e) {
                throw new IllegalStateException("an event of a classifier cannot be read", e);
            }
        }
    }

    private void count(AuditEvent event) {
        switch (event) {
            case AuditEvent.Classified classified -> {
                verdicts++;
                usage = usage.plus(classified.verdict().usage());
                moves.add(new Move(
                        labelBefore.apply(event.noteId()), classified.verdict().category(), 1));
            }
            case AuditEvent.Unclassifiable unclassifiable -> {
                failures++;
                usage = usage.plus(unclassifiable.usage());
                moves.add(new Move(labelBefore.apply(event.noteId()), null, 1));
            }
            case AuditEvent.Reviewed reviewed -> {
                // Nobody reviews for a job.
            }
            case AuditEvent.Erased erased -> {
                // Nothing is decided by it.
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
