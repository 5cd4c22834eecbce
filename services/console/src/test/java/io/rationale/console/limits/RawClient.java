package io.rationale.console.limits;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that says what it is told to, byte by byte if need be, and reads when it is told to. */
final class RawClient implements AutoCloseable {
    private static final int SMALL_WINDOW = 4 * 1024;

    private final Socket socket = new Socket();

    private RawClient(URI server) throws IOException {
        socket.setReceiveBufferSize(SMALL_WINDOW);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    }

    static RawClient to(URI server) throws IOException {
        return new RawClient(server);
    }

    /** The same, after it has said something. Line feeds stand for ends of lines. */
    static RawClient saying(URI server, String text) throws IOException {
        RawClient client = to(server);
        client.say(text);
        return client;
    }

    /** Line feeds stand for ends of lines. */
    void say(String text) throws IOException {
        say(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    void say(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Says one more byte; false when nobody listens any longer. */
    boolean drip(char one) {
        try {
            say(new byte[] {(byte) one});
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether something can be read, or the end is reached. */
    boolean isAnswered() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    /** Everything until the other end closes; empty when it just does. */
    String all() throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return "";
        }
    }

    /** The first line, after which more may come. */
    String firstLine() throws IOException {
        StringBuilder line = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0 && next != '\r';
                    next = socket.getInputStream().read()) {
                line.append((char) next);
            }
        } catch (SocketException e) {
            return "";
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
