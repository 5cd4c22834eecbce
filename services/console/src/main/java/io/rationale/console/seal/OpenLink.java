package io.rationale.console.seal;

import io.rationale.core.json.Bytes;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.seal.ChainHead;
import io.rationale.core.seal.LinkBuilder;
import io.rationale.core.seal.RecordDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** The chain of one partition while records come: the link that is not sealed yet. Used by one thread. */
final class OpenLink {
    private final TopicPartition partition;
    private ChainHead head;
    private LinkBuilder open;
    private long since;

    /** @param head what the next link goes on from */
    OpenLink(TopicPartition partition, ChainHead head) {
        this.partition = partition;
        this.head = head;
        this.open = next();
    }

    private LinkBuilder next() {
        return new LinkBuilder(partition.topic(), partition.partition(), head);
    }

    /** Takes a record in; one that is sealed already is none of its. */
    void add(ConsumerRecord<byte[], byte[]> each, long nanos) {
        if (each.offset() <= open.lastOffset()) {
            return;
        }
        since = open.records() == 0 ? nanos : since;
        open.add(each.offset(), digest(each));
    }

    private static Bytes digest(ConsumerRecord<byte[], byte[]> each) {
        List<Field> headers = new ArrayList<>();
        for (Header header : each.headers()) {
            headers.add(new Field(header.key(), header.value()));
        }
        return RecordDigest.of(each.partition(), each.offset(), each.timestamp(), each.key(), headers, each.value());
    }

    private record Field(String name, byte[] value) implements RecordDigest.Header {}

    /** Records that are not sealed. */
    long records() {
        return open.records();
    }

    /** For how long the first of them has been waiting. */
    long waited(long nanos) {
        return open.records() == 0 ? 0 : nanos - since;
    }

    /** Ends the link and begins the next one; nothing without records. */
    Optional<ChainEvent.Sealed> seal(Instant now) {
        if (open.records() == 0) {
            return Optional.empty();
        }
        ChainEvent.Sealed link = open.seal(now, null);
        head = link.head();
        open = next();
        return Optional.of(link);
    }

    /** The last link, sealed by it or before it. */
    ChainHead head() {
        return head;
    }
}
