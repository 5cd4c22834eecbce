package io.rationale.classifier.publish;

import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.ExchangeDraft;
import io.rationale.classifier.work.PartitionWork;
import io.rationale.core.json.Bytes;
import io.rationale.core.ledger.OffsetLedger;
import io.rationale.core.verdict.ExchangePointer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * One transaction: exchanges, audit events, dead letters and the offsets with their ledger, all or nothing.
 *
 * <p>When the end of a transaction is in doubt, the producer is made anew, which settles it one way or the other, and
 * the committed ledger tells which way: what it holds as finished is not written again.
 */
public final class AuditTransaction {
    private static final Logger LOG = Logger.getLogger(AuditTransaction.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Admin admin;
    private final AuditRecords records;
    private final SizeLimits limits = new SizeLimits();
    private final Fencing fencing = new Fencing();
    private Producer<byte[], byte[]> producer;
    /** Set when the last transaction's end is unknown. */
    private boolean inDoubt;

    /**
     * @param producers makes a producer with this instance's transactional id
     * @param admin     reads committed offsets after doubt
     */
    AuditTransaction(Supplier<Producer<byte[], byte[]>> producers, Admin admin, AuditRecords records) {
        this.producers = producers;
        this.admin = admin;
        this.records = records;
    }

    /**
     * Writes the decisions.
     *
     * @param alreadyWritten is told of those that an earlier call wrote after all; they are removed from the list
     * @return whether they are committed; if not, the same decisions are to be given again
     */
    boolean write(List<Decision> decisions, ConsumerGroupMetadata group, Consumer<Decision> alreadyWritten)
            throws InterruptedException {
        try {
            settle(decisions, group, alreadyWritten);
            if (decisions.isEmpty()) {
                return true;
            }
            Map<ExchangeDraft, ExchangePointer> written = writeRecords(decisions);
            producer.sendOffsetsToTransaction(offsets(decisions), group);
            producer.commitTransaction();
            written.forEach(ExchangeDraft::written);
            limits.clear();
            return true;
        } catch (KafkaException | IllegalStateException | ExecutionException e) {
            fencing.failed(e);
            LOG.warnf("Transaction failed decisions=%d error=%s", decisions.size(), e.toString());
            inDoubt = true;
            return false;
        }
    }

    /**
     * Aborts what a predecessor of the same transactional id left open. Until somebody does, its offsets are unstable
     * and its partitions stand still for up to the transaction timeout.
     */
    void settlePredecessor() {
        try {
            renewProducer();
        } catch (KafkaException e) {
            LOG.warnf("Kafka does not take transactions yet error=%s", e.toString());
            inDoubt = true;
        }
    }

    /** Lets the producer go. */
    synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE);
        }
        admin.close(CLOSE);
    }

    private void settle(List<Decision> decisions, ConsumerGroupMetadata group, Consumer<Decision> alreadyWritten)
            throws InterruptedException, ExecutionException {
        if (producer != null && !inDoubt) {
            return;
        }
        renewProducer();
        if (inDoubt) {
            dropWritten(decisions, group, alreadyWritten);
            inDoubt = false;
        }
    }

    private void renewProducer() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
        producer = producers.get();
        producer.initTransactions();
    }

    private void dropWritten(List<Decision> decisions, ConsumerGroupMetadata group, Consumer<Decision> alreadyWritten)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                        group.groupId(), new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetLedger> ledgers = new HashMap<>();
        committed.forEach((partition, at) -> {
            if (at != null) {
                ledgers.put(partition, OffsetLedger.restore(at.offset(), at.metadata()));
            }
        });
        decisions.removeIf(decision -> {
            OffsetLedger ledger = ledgers.get(decision.work().partition());
            boolean isWritten = ledger != null && ledger.isFinished(decision.offset());
            if (isWritten) {
                alreadyWritten.accept(decision);
            }
            return isWritten;
        });
    }

    /** Records of a new transaction; those that are too large for their topics are made smaller until all fit. */
    private Map<ExchangeDraft, ExchangePointer> writeRecords(List<Decision> decisions)
            throws InterruptedException, ExecutionException {
        while (true) {
            producer.beginTransaction();
            try {
                Map<ExchangeDraft, ExchangePointer> written = writeExchanges(decisions);
                writeEvents(decisions, written);
                return written;
            } catch (Outbox.TooLargeException e) {
                LOG.warnf(
                        "A record is too large for its topic and is cut; raise max.message.bytes error=%s",
                        e.getCause().getMessage());
                producer.abortTransaction();
            }
        }
    }

    private Map<ExchangeDraft, ExchangePointer> writeExchanges(List<Decision> decisions)
            throws InterruptedException, ExecutionException, Outbox.TooLargeException {
        Map<ExchangeDraft, ProducerRecord<byte[], byte[]>> drafts = new IdentityHashMap<>();
        List<ExchangeDraft> order = new ArrayList<>();
        Outbox outbox = new Outbox(producer);
        for (Decision decision : decisions) {
            for (ExchangeDraft draft : decision.exchanges()) {
                if (draft.pointer().isEmpty() && !drafts.containsKey(draft)) {
                    ProducerRecord<byte[], byte[]> exchange = records.exchange(draft, limits.of(draft));
                    drafts.put(draft, exchange);
                    order.add(draft);
                    outbox.send(exchange, bytes -> limits.refused(draft, bytes));
                }
            }
        }
        List<RecordMetadata> positions = outbox.flush();
        Map<ExchangeDraft, ExchangePointer> pointers = new IdentityHashMap<>();
        for (int i = 0; i < order.size(); i++) {
            ExchangeDraft draft = order.get(i);
            RecordMetadata at = positions.get(i);
            pointers.put(
                    draft,
                    new ExchangePointer(
                            draft.id(),
                            at.topic(),
                            at.partition(),
                            at.offset(),
                            Bytes.sha256(drafts.get(draft).value())));
        }
        return pointers;
    }

    /** Waits for the brokers before the offsets go: what is too large must not count as finished. */
    private void writeEvents(List<Decision> decisions, Map<ExchangeDraft, ExchangePointer> written)
            throws InterruptedException, ExecutionException, Outbox.TooLargeException {
        Outbox outbox = new Outbox(producer);
        for (Decision decision : decisions) {
            Decision fitting = records.fitting(decision, limits.ofEvent(decision));
            records.audit(
                            fitting,
                            draft -> draft.pointer().orElseGet(() -> written.get(draft)),
                            limits.ofEvent(decision))
                    .ifPresent(event -> outbox.send(event, bytes -> limits.refusedEvent(decision, bytes)));
            records.deadLetter(fitting, limits.ofLetter(decision))
                    .ifPresent(letter -> outbox.send(letter, bytes -> limits.refusedLetter(decision, bytes)));
        }
        outbox.flush();
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(List<Decision> decisions) {
        Map<PartitionWork, List<Long>> finished = decisions.stream()
                .collect(Collectors.groupingBy(
                        Decision::work, Collectors.mapping(Decision::offset, Collectors.toList())));
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        finished.forEach((work, each) -> offsets.put(work.partition(), work.finish(each)));
        return offsets;
    }
}
