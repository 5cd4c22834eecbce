package io.rationale.classifier.r1.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.resteasy.reactive.common.core.BlockingNotAllowedException;

/**
 * A body in chunks, read by one thread while another brings them. What came before the connection broke can still be
 * read; the break shows after it. Memory is bounded: the connection is paused while the reader is behind.
 */
final class ChunkedBody extends InputStream {
    /** Bytes that wait for the reader. */
    private static final int MOST_WAITING = 256 * 1024;

    private final HttpClientResponse response;
    /** No monitor: a virtual thread that waits for one is woken by way of another thread. */
    private final Lock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Deque<Buffer> chunks = new ArrayDeque<>();
    private int waiting;
    private int position;
    private boolean paused;
    private boolean ended;
    private Throwable broken;

    private ChunkedBody(HttpClientResponse response) {
        this.response = response;
    }

    /**
     * Takes a response over from the stream that the client made for it; to be called on its event loop, where nothing
     * can come meanwhile.
     */
    static ChunkedBody takeOver(HttpClientResponse response, InputStream before) {
        ChunkedBody body = new ChunkedBody(response);
        body.addWhatCame(before);
        try {
            response.handler(body::add);
            response.endHandler(end -> body.end(null));
            response.exceptionHandler(body::end);
            response.resume();
        } catch (IllegalStateException e) {
            // It had ended before.
            body.end(null);
        }
        return body;
    }

    private void addWhatCame(InputStream before) {
        byte[] buffer = new byte[8192];
        try {
            for (int read = before.read(buffer); read >= 0; read = before.read(buffer)) {
                add(Buffer.buffer(read).appendBytes(buffer, 0, read));
            }
            end(null);
        } catch (BlockingNotAllowedException e) {
            // The client's stream would wait for more.
        } catch (IOException e) {
            end(e);
        }
    }

    private void add(Buffer chunk) {
        lock.lock();
        try {
            chunks.addLast(chunk);
            waiting += chunk.length();
            if (waiting > MOST_WAITING && !paused) {
                paused = true;
                response.pause();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void end(Throwable cause) {
        lock.lock();
        try {
            ended = true;
            broken = broken == null ? cause : broken;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        lock.lock();
        try {
            return await() ? take(buffer, offset, length) : -1;
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] buffer, int offset, int length) {
        Buffer chunk = chunks.peekFirst();
        int count = Math.min(length, chunk.length() - position);
        chunk.getBytes(position, position + count, buffer, offset);
        position += count;
        waiting -= count;
        if (position == chunk.length()) {
            chunks.removeFirst();
            position = 0;
        }
        if (paused && waiting < MOST_WAITING / 2) {
            paused = false;
            response.resume();
        }
        return count;
    }

    /** Whether there is something to read. */
    private boolean await() throws IOException {
        try {
            while (chunks.isEmpty() && !ended) {
                changed.await();
            }
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
        if (chunks.isEmpty() && broken != null) {
            throw new IOException(broken);
        }
        return !chunks.isEmpty();
    }
}
