package io.rationale.simulator.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Puts text on the wire: as it comes, or in small pieces one after the other where a fault wants it so. Runs on the
 * event loop of its connection.
 */
final class Outlet {
    /** Odd and small, so that lines and tags are split; characters of several bytes always are. */
    private static final int SPLIT_BYTES = 7;
    /** About a word. */
    private static final int DRIP_BYTES = 16;

    private static final int LEAD_BYTE = 0xC0;
    private static final int PENDING_PIECES = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** How text is cut and how long it takes from a piece to the next. */
    record Pieces(int bytes, LongSupplier pauseNanos) {

        /** Small pieces at once. */
        static Pieces split() {
            return new Pieces(SPLIT_BYTES, () -> 0);
        }

        /** A piece for the time of a token. */
        static Pieces drip(LongSupplier tokenNanos) {
            return new Pieces(DRIP_BYTES, tokenNanos);
        }
    }

    private final Server server;
    private final HttpServerResponse response;
    private final Pieces pieces;
    private final Deque<Buffer> pending = new ArrayDeque<>();
    private Runnable ready;
    private Runnable beforeEnd;
    private boolean pumping;
    private boolean stopped;

    /** @param pieces null for text as it comes */
    Outlet(Server server, HttpServerResponse response, Pieces pieces) {
        this.server = server;
        this.response = response;
        this.pieces = pieces;
        if (pieces != null) {
            response.setChunked(true);
        }
    }

    void write(String text) {
        if (pieces == null) {
            response.write(text);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int most = pieceBytes();
        for (int from = 0; from < bytes.length; ) {
            int end = cut(bytes, from, Math.min(bytes.length, from + most));
            pending.add(Buffer.buffer().appendBytes(bytes, from, end - from));
            from = end;
        }
        pump();
    }

    /** After the first byte of a character that has several, where there is one. */
    private static int cut(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if ((bytes[i] & LEAD_BYTE) == LEAD_BYTE) {
                return i + 1;
            }
        }
        return end;
    }

    /** Ends the response with the text when everything is out; the action runs before the last bytes. */
    void end(String last, Runnable action) {
        if (pieces == null) {
            action.run();
            response.end(last);
        } else {
            beforeEnd = action;
            write(last);
        }
    }

    boolean isFull() {
        return pending.size() > PENDING_PIECES || response.writeQueueFull();
    }

    /** Runs the action once when there is room again. */
    void whenReady(Runnable action) {
        ready = action;
        if (pending.isEmpty()) {
            response.drainHandler(drained -> {
                response.drainHandler(null);
                tellReady();
            });
        }
    }

    /** Nothing more is written. */
    void stop() {
        stopped = true;
        pending.clear();
    }

    private void pump() {
        if (pumping || stopped) {
            return;
        }
        if (pending.isEmpty()) {
            tellReady();
            return;
        }
        pumping = true;
        long pause = pieces.pauseNanos().getAsLong();
        if (pause == 0) {
            server.vertx().getOrCreateContext().runOnContext(next -> pumped());
        } else {
            server.vertx().setTimer(Math.max(1, pause / NANOS_PER_MILLI), fired -> pumped());
        }
    }

    private void pumped() {
        pumping = false;
        if (stopped) {
            return;
        }
        Buffer piece = pending.removeFirst();
        if (pending.isEmpty() && beforeEnd != null) {
            beforeEnd.run();
            response.end(piece);
        } else {
            response.write(piece);
            pump();
        }
    }

    private void tellReady() {
        Runnable action = ready;
        ready = null;
        if (action != null) {
            action.run();
        }
    }

    /** Timers know milliseconds only: where a pause is shorter, a piece stands for several. */
    private int pieceBytes() {
        long pause = pieces.pauseNanos().getAsLong();
        return pause == 0 ? pieces.bytes() : (int) (pieces.bytes() * Math.max(1, NANOS_PER_MILLI / pause));
    }
}
