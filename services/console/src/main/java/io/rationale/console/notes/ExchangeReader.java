package io.rationale.console.notes;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.audit.Exchange;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Reads exchanges by the pointers of verdicts. Thread safe. */
public final class ExchangeReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ExchangeReader.class);

    private final KafkaClients clients;
    private final String topic;
    private final RecordPicker picker;
    private final ErasedRecords erased;
    private volatile int partitions;

    /** @param erased which are not shown */
    public ExchangeReader(KafkaClients clients, String topic, ErasedRecords erased) {
        this.erased = erased;
        this.clients = clients;
        this.topic = topic;
        this.picker = new RecordPicker(clients, topic, "console-exchange-reader");
    }

    /**
     * An exchange where it stands.
     *
     * @param topic     the exchanges
     * @param partition there
     * @param offset    there
     * @param sha256    of the record's value as it is in the topic, to be held against the verdict's pointer
     * @param exchange  as it was stored, with the whole {@code reasoning}, the answer as {@code content}, and the raw
     *                  {@code response}
     */
    public record StoredExchange(String topic, int partition, long offset, String sha256, JsonNode exchange) {}

    /** Nothing when there is no exchange at that place, or not any more. */
    public Optional<StoredExchange> at(int partition, long offset) {
        if (partition < 0 || offset < 0 || partition >= partitions()) {
            return Optional.empty();
        }
        AtomicReference<StoredExchange> found = new AtomicReference<>();
        picker.forEach(partition, LongStream.of(offset), read -> found.set(decode(read)));
        return Optional.ofNullable(found.get());
    }

    /** Asked again only while there are none. */
    private int partitions() {
        if (partitions == 0) {
            try (Consumer<byte[], byte[]> reader = clients.reader("console-exchange-partitions", 1)) {
                partitions = reader.partitionsFor(topic).size();
            }
        }
        return partitions;
    }

    /** Null for what is no exchange, or was erased. */
    private StoredExchange decode(ConsumerRecord<byte[], byte[]> read) {
        if (erased.isToHide(read)) {
            return null;
        }
        try {
            Json.read(read.value(), Exchange.class);
            return new StoredExchange(
                    read.topic(), read.partition(), read.offset(), Bytes.sha256(read.value()), Json.tree(read.value()));
        } catch (RuntimeException e) {
            LOG.debugf("No exchange; partition=%d offset=%d", read.partition(), read.offset());
            return null;
        }
    }

    @Override
    public void close() {
        picker.close();
    }
}
