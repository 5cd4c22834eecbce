package io.rationale.classifier.r1.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * A connection to a server, for one request at a time. Used by one virtual thread, whose interruption closes it;
 * {@link #close} may be called from any thread, and then whatever waits fails.
 */
public final class Connection implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    /** Of status and headers, and of what else is no body. */
    private static final int LONGEST_LINE = 16 * 1024;

    private final Socket raw;
    private InputStream in;
    private OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private boolean received;

    private Connection(Socket raw) {
        this.raw = raw;
    }

    /** One that is still to be opened, so that it can be closed meanwhile. */
    public static Connection unopened() {
        return new Connection(new Socket());
    }

    /** Connects to the first address that the host's name has. */
    public void open(ServerAddress address, Tls tls, Duration timeout) throws IOException {
        raw.setTcpNoDelay(true);
        // A server that vanished while it thought is noticed some time.
        raw.setKeepAlive(true);
        raw.connect(
                new InetSocketAddress(InetAddress.getByName(address.host()), address.port()),
                Math.toIntExact(timeout.toMillis()));
        Socket socket = address.tls() ? tls.secure(raw, address) : raw;
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Sends a request and reads the head of the response. */
    public ResponseHead exchange(byte[] request) throws IOException {
        received = false;
        try {
            out.write(request);
        } catch (IOException e) {
            return refusal(e);
        }
        return ResponseHead.read(this);
    }

    /** A server that refuses a request may say why before it has read it, and close. */
    private ResponseHead refusal(IOException notSent) throws IOException {
        try {
            return ResponseHead.read(this);
        } catch (IOException e) {
            throw notSent;
        }
    }

    /** Whether anything came since the last request was sent. */
    public boolean hasReceived() {
        return received;
    }

    /** Whether bytes wait that belong to no response. */
    boolean hasRest() {
        return position < limit;
    }

    /** Waits until there are bytes; false at the end. */
    boolean fill() throws IOException {
        if (position == limit) {
            int read = in.read(buffer, 0, buffer.length);
            position = 0;
            limit = Math.max(0, read);
            received |= read > 0;
        }
        return position < limit;
    }

    /** The next byte. */
    int next() throws IOException {
        if (!fill()) {
            throw new EOFException("the server closed the connection");
        }
        return buffer[position++] & 0xff;
    }

    /** Takes bytes that are there, at most so many. */
    int take(byte[] into, int offset, int most) {
        int count = Math.min(most, limit - position);
        System.arraycopy(buffer, position, into, offset, count);
        position += count;
        return count;
    }

    /** The next line, without its end. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = next(); next != '\n'; next = next()) {
            if (line.length() == LONGEST_LINE) {
                throw new IOException("the server sends a line without end");
            }
            line.append((char) next);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    /** Passes over the rest of a line of which that byte was the last that was read. */
    void skipLine(int last) throws IOException {
        int next = last;
        for (int skipped = 0; next != '\n'; skipped++) {
            if (skipped > LONGEST_LINE) {
                throw new IOException("the server sends a line without end");
            }
            next = next();
        }
    }

    /** Lets it go, without a farewell: TLS would wait for one. */
    @Override
    public void close() {
        try {
            raw.close();
        } catch (IOException e) {
            // It is closed to be rid of it.
        }
    }
}
