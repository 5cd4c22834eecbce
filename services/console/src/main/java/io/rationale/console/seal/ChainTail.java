package io.rationale.console.seal;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.seal.ChainHead;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Finds the last committed link of a partition's chain. Used by one thread. */
final class ChainTail implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ChainTail.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int RECORDS = 256;
    /** Records that are read first; markers of transactions and other partitions' links stand between. */
    private static final long FIRST_REACH = 64;

    private final Consumer<byte[], byte[]> consumer;
    private final String chainTopic;

    ChainTail(KafkaClients clients, String chainTopic) {
        this.consumer = clients.impatient("sealer-tail", RECORDS, PATIENCE);
        this.chainTopic = chainTopic;
    }

    /** The partition of the chain's topic that the links of an audit partition stand in; nothing without the topic. */
    Optional<TopicPartition> placeOf(int auditPartition) {
        List<PartitionInfo> partitions = consumer.partitionsFor(chainTopic);
        return partitions.isEmpty()
                ? Optional.empty()
                : Optional.of(new TopicPartition(chainTopic, auditPartition % partitions.size()));
    }

    /** How far the chain of that partition is. */
    ChainHead of(TopicPartition audited) {
        TopicPartition place = placeOf(audited.partition()).orElseThrow();
        Set<TopicPartition> places = Set.of(place);
        consumer.assign(places);
        long beginning = consumer.beginningOffsets(places).get(place);
        long end = consumer.endOffsets(places).get(place);
        for (long reach = FIRST_REACH; ; reach *= 4) {
            long from = Math.max(beginning, end - reach);
            ChainHead last = last(audited, place, from, end);
            if (last != null || from == beginning) {
                return last == null ? ChainHead.NONE : last;
            }
        }
    }

    private ChainHead last(TopicPartition audited, TopicPartition place, long from, long end) {
        ChainHead last = null;
        consumer.seek(place, from);
        while (consumer.position(place) < end) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                last = link(audited, each).map(ChainEvent.Sealed::head).orElse(last);
            }
        }
        return last;
    }

    private static Optional<ChainEvent.Sealed> link(TopicPartition audited, ConsumerRecord<byte[], byte[]> each) {
        try {
            return Json.read(each.value(), ChainEvent.class) instanceof ChainEvent.Sealed link
                            && link.topic().equals(audited.topic())
                            && link.partition() == audited.partition()
                    ? Optional.of(link)
                    : Optional.empty();
        } catch (RuntimeException e) {
            LOG.errorf(
                    "A record of the chain cannot be read topic=%s partition=%d offset=%d",
                    each.topic(), each.partition(), each.offset());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
