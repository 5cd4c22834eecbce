package io.rationale.local.verify.log;

import io.rationale.core.json.Bytes;
import io.rationale.core.seal.RecordDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.record.internal.Record;

/** One committed record as it stands in its log. Not a value: its bytes are not copied. */
public final class StoredRecord {
    private final int partition;
    private final long offset;
    private final long timestamp;
    private final byte[] key;
    private final List<Header> headers;
    private final byte[] value;

    /** A header; its value may be null. */
    public record Header(String name, byte[] value) implements RecordDigest.Header {}

    /** @param timestamp in milliseconds since 1970 */
    public StoredRecord(int partition, long offset, long timestamp, byte[] key, List<Header> headers, byte[] value) {
        this.partition = partition;
        this.offset = offset;
        this.timestamp = timestamp;
        this.key = key;
        this.headers = List.copyOf(headers);
        this.value = value;
    }

    /** Copies a record of a batch, which may lie in a buffer that is used again. */
    public static StoredRecord of(int partition, Record read) {
        return new StoredRecord(
                partition,
                read.offset(),
                read.timestamp(),
                read.hasKey() ? octets(read.key()) : null,
                Stream.of(read.headers())
                        .map(each -> new Header(each.key(), each.value()))
                        .toList(),
                read.hasValue() ? octets(read.value()) : null);
    }

    private static byte[] octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.duplicate().get(octets);
        return octets;
    }

    /** Its partition. */
    public int partition() {
        return partition;
    }

    /** Its offset. */
    public long offset() {
        return offset;
    }

    /** Milliseconds since 1970. */
    public long timestamp() {
        return timestamp;
    }

    /** Its key as text, empty without one. */
    public String key() {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    /** Its key, or null; not to be changed. */
    public byte[] keyBytes() {
        return key;
    }

    /** Its value, or null; not to be changed. */
    public byte[] value() {
        return value;
    }

    /** Its headers, in their order. */
    public List<Header> headers() {
        return headers;
    }

    /** The last header of that name. */
    public Optional<String> header(String name) {
        return headers.reversed().stream()
                .filter(each -> each.name().equals(name) && each.value() != null)
                .findFirst()
                .map(each -> new String(each.value(), StandardCharsets.UTF_8));
    }

    /** What the chain seals of it. */
    public Bytes digest() {
        return RecordDigest.of(partition, offset, timestamp, key, headers, value);
    }
}
