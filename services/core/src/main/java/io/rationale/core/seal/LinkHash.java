package io.rationale.core.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The hash of a link: SHA-256 over octet 1, the hash before (32 octets), the length of the topic's name and the name in UTF-8, partition,
 * sequence, first offset, last offset, records, the digest (32 octets), the time in milliseconds since 1970,
 * then octet 0, or octet 1 with what was published: counted, notes, its digest (32 octets). Integers are big endian,
 * lengths and partition with four octets, the others with eight.
 */
final class LinkHash {
    private LinkHash() {}

    static String of(ChainEvent.Sealed link) {
        byte[] topic = link.topic().getBytes(StandardCharsets.UTF_8);
        MessageDigest sha256 = RecordDigest.sha256();
        ByteBuffer numbers = ByteBuffer.allocate(8 * 4 + 4);
        sha256.update((byte) 1);
        sha256.update(octets(link.previous()));
        sha256.update(ByteBuffer.allocate(4).putInt(topic.length).flip());
        sha256.update(topic);
        numbers.putInt(link.partition())
                .putLong(link.sequence())
                .putLong(link.firstOffset())
                .putLong(link.lastOffset())
                .putLong(link.records());
        sha256.update(numbers.flip());
        sha256.update(octets(link.digest()));
        sha256.update(ByteBuffer.allocate(8).putLong(link.at().toEpochMilli()).flip());
        published(link.published(), sha256);
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void published(Published published, MessageDigest sha256) {
        sha256.update((byte) (published == null ? 0 : 1));
        if (published != null) {
            ByteBuffer numbers = ByteBuffer.allocate(8 * 2);
            sha256.update(numbers.putLong(published.counted())
                    .putLong(published.notes())
                    .flip());
            sha256.update(octets(published.digest()));
        }
    }

    private static byte[] octets(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            // Somebody wrote it: its own bytes make a hash that nobody has.
            return hex.getBytes(StandardCharsets.UTF_8);
        }
    }
}
