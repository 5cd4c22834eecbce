package io.rationale.core.seal;

import io.rationale.core.json.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 of one record of a log in a canonical form, which depends on nothing but the record: not on batches,
 * compression or the broker. Integers are big endian; every field of any length stands behind its length (-1 for none),
 * so that no two records have the same form:
 *
 * <pre>
 * octet 1 | int partition | long offset | long timestamp | key | int headers | (name, value)* | value
 * </pre>
 */
public final class RecordDigest {
    private static final byte FORM = 1;
    private static final int NONE = -1;

    private final MessageDigest sha256 = sha256();
    private final ByteBuffer numbers = ByteBuffer.allocate(32);

    /** A header as it stands in the record. */
    public interface Header {
        /** Its name. */
        String name();

        /** Its value, or null. */
        byte[] value();
    }

    private RecordDigest() {}

    /**
     * The digest of a record.
     *
     * @param timestamp in milliseconds since 1970
     * @param key       or null
     * @param headers   in their order
     * @param value     or null
     */
    public static Bytes of(
            int partition, long offset, long timestamp, byte[] key, Iterable<? extends Header> headers, byte[] value) {
        RecordDigest digest = new RecordDigest();
        digest.position(partition, offset, timestamp);
        digest.field(key);
        digest.headers(headers);
        digest.field(value);
        return Bytes.of(digest.sha256.digest());
    }

    private void position(int partition, long offset, long timestamp) {
        numbers.clear();
        numbers.put(FORM).putInt(partition).putLong(offset).putLong(timestamp);
        sha256.update(numbers.flip());
    }

    private void headers(Iterable<? extends Header> headers) {
        int count = 0;
        for (Header ignored : headers) {
            count++;
        }
        number(count);
        for (Header header : headers) {
            field(header.name().getBytes(StandardCharsets.UTF_8));
            field(header.value());
        }
    }

    private void field(byte[] bytes) {
        number(bytes == null ? NONE : bytes.length);
        if (bytes != null) {
            sha256.update(bytes);
        }
    }

    private void number(int value) {
        numbers.clear();
        sha256.update(numbers.putInt(value).flip());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
