package io.rationale.classifier.r1.wire;

import java.io.EOFException;
import java.io.IOException;

/**
 * The body of a response, read while it comes: in chunks, of known length, or up to the connection's end (RFC 9112, 6 and
 * 7). However many small chunks have come, one read takes them all.
 */
public final class ResponseBody {
    private static final int HEX = 16;
    private static final int LARGEST_CHUNK = Integer.MAX_VALUE / (2 * HEX);

    private final Connection connection;
    private final ResponseHead head;
    /** Bytes that are to come of the chunk, or of the body; -1 where nobody said. */
    private long remaining;

    private State state;

    private enum State {
        /** Of known length, or of none. */
        PLAIN,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        ENDED
    }

    public ResponseBody(Connection connection, ResponseHead head) throws IOException {
        this.connection = connection;
        this.head = head;
        if (head.isChunked()) {
            state = State.CHUNK_SIZE;
        } else {
            remaining = head.length();
            state = remaining == 0 ? State.ENDED : State.PLAIN;
        }
    }

    /**
     * Waits for bytes and takes what is there.
     *
     * @return how many; -1 at the end of the body
     * @throws IOException also when the connection ends before the body
     */
    public int read(byte[] into, int offset, int most) throws IOException {
        int taken = 0;
        while (taken == 0 && state != State.ENDED) {
            taken = state == State.PLAIN ? readPlain(into, offset, most) : readChunks(into, offset, most);
        }
        return taken == 0 ? -1 : taken;
    }

    /** Whether a further request may follow on the same connection. */
    public boolean leavesConnection() {
        return state == State.ENDED && remaining == 0 && head.keepsConnection() && !connection.hasRest();
    }

    private int readPlain(byte[] into, int offset, int most) throws IOException {
        if (!connection.fill()) {
            requireNothingMissing();
            state = State.ENDED;
            return 0;
        }
        int taken = connection.take(into, offset, remaining < 0 ? most : (int) Math.min(most, remaining));
        if (remaining > 0) {
            remaining -= taken;
            state = remaining == 0 ? State.ENDED : State.PLAIN;
        }
        return taken;
    }

    private void requireNothingMissing() throws EOFException {
        if (remaining > 0) {
            throw new EOFException("the server closed the connection within its response");
        }
    }

    /** Goes on while there is something that need not be waited for. */
    private int readChunks(byte[] into, int offset, int most) throws IOException {
        int taken = 0;
        do {
            switch (state) {
                case CHUNK_SIZE -> startChunk();
                case CHUNK -> taken += readChunk(into, offset + taken, most - taken);
                default -> endChunk();
            }
        } while (state != State.ENDED && taken < most && connection.hasRest());
        return taken;
    }

    /** Hexadecimal digits, perhaps with an extension behind them; after the last chunk perhaps further headers. */
    private void startChunk() throws IOException {
        int size = 0;
        int digits = 0;
        int next = connection.next();
        for (int digit = Character.digit(next, HEX); digit >= 0; digit = Character.digit(next, HEX)) {
            size = size * HEX + digit;
            digits++;
            if (size > LARGEST_CHUNK) {
                throw new IOException("the server sends a chunk without end");
            }
            next = connection.next();
        }
        if (digits == 0) {
            throw new IOException("the server sends a chunk without a size");
        }
        connection.skipLine(next);
        remaining = size;
        state = size == 0 ? State.ENDED : State.CHUNK;
        if (size == 0) {
            skipTrailers();
        }
    }

    private void skipTrailers() throws IOException {
        String trailer = connection.line();
        while (!trailer.isEmpty()) {
            trailer = connection.line();
        }
    }

    private int readChunk(byte[] into, int offset, int most) throws IOException {
        if (!connection.fill()) {
            throw new EOFException("the server closed the connection within its response");
        }
        int taken = connection.take(into, offset, (int) Math.min(most, remaining));
        remaining -= taken;
        state = remaining == 0 ? State.CHUNK_END : State.CHUNK;
        return taken;
    }

    private void endChunk() throws IOException {
        int next = connection.next();
        if (next == '\r') {
            next = connection.next();
        }
        if (next != '\n') {
            throw new IOException("the server sends chunks that do not end where they say");
        }
        state = State.CHUNK_SIZE;
    }
}
