package io.rationale.console.events;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Up to where the audit was told: for each partition the offset of the next record. As text it is the {@code id} of a
 * server-sent event, opaque to clients: number of partitions and offsets in variable length and a check sum, in URL-safe
 * Base64. Not thread safe.
 */
final class Positions {
    private static final int MOST_PARTITIONS = 10_000;
    private static final int MOST_BYTES_OF_A_NUMBER = 9;

    private final long[] next;

    private Positions(long[] next) {
        this.next = next;
    }

    /** Before the first record of each partition. */
    static Positions zero(int partitions) {
        return new Positions(new long[partitions]);
    }

    Positions copy() {
        return new Positions(next.clone());
    }

    int partitions() {
        return next.length;
    }

    long next(int partition) {
        return next[partition];
    }

    /** Everything before that offset is told; never goes back. */
    void advance(int partition, long offset) {
        next[partition] = Math.max(next[partition], offset);
    }

    /** Whether this one stands nowhere before the other. */
    boolean reaches(Positions other) {
        for (int i = 0; i < next.length; i++) {
            if (next[i] < other.next[i]) {
                return false;
            }
        }
        return true;
    }

    String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES_OF_A_NUMBER * (next.length + 1) + Integer.BYTES);
        write(bytes, next.length);
        for (long offset : next) {
            write(bytes, offset);
        }
        bytes.putInt(checkSum(bytes.array(), bytes.position()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
    }

    /** The inverse; nothing when the text is not one of ours. */
    static Optional<Positions> decode(String text) {
        if (text.length() > MOST_BYTES_OF_A_NUMBER * MOST_PARTITIONS) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            int body = bytes.length - Integer.BYTES;
            if (body < 1 || ByteBuffer.wrap(bytes).getInt(body) != checkSum(bytes, body)) {
                return Optional.empty();
            }
            return read(ByteBuffer.wrap(bytes, 0, body));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Positions> read(ByteBuffer bytes) {
        long partitions = readNumber(bytes);
        if (partitions < 1 || partitions > bytes.remaining()) {
            return Optional.empty();
        }
        long[] next = new long[(int) partitions];
        for (int i = 0; i < next.length; i++) {
            next[i] = readNumber(bytes);
        }
        boolean sound = !bytes.hasRemaining() && Arrays.stream(next).allMatch(offset -> offset >= 0);
        return sound ? Optional.of(new Positions(next)) : Optional.empty();
    }

    private static int checkSum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
    private static void write(ByteBuffer bytes, long number) {
        long rest = number;
        while (rest > 0x7F) {
            bytes.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private static long readNumber(ByteBuffer bytes) {
        long number = 0;
        for (int i = 0; i < MOST_BYTES_OF_A_NUMBER && bytes.hasRemaining(); i++) {
            byte part = bytes.get();
            number |= (part & 0x7FL) << 7 * i;
            if (part >= 0) {
                return number;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Positions positions && Arrays.equals(next, positions.next);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(next);
    }

    @Override
    public String toString() {
        return Arrays.toString(next);
    }
}
