package io.rationale.classifier.publish;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The line between a client and a broker on this host, which can be cut at a request of a kind: before the broker gets
 * it, or after, so that only its answer is lost. The client meets the line wherever the broker names its own address.
 */
final class CutLine implements AutoCloseable {
    private static final byte[] HOST = "127.0.0.1".getBytes(StandardCharsets.UTF_8);

    private final int brokerPort;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cutAt = new AtomicInteger(-1);
    private volatile boolean reachesTheBroker;
    private volatile long deadUntil;
    private volatile long deadMillis;

    CutLine(String bootstrapServers) {
        this.brokerPort = Integer.parseInt(bootstrapServers.replaceAll(".*:", ""));
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /**
     * Cuts the line once, at the next request of that kind.
     *
     * @param apiKey  of Kafka's protocol
     * @param reaches whether the broker gets the request
     */
    void cutAt(int apiKey, boolean reaches, long millis) {
        reachesTheBroker = reaches;
        deadMillis = millis;
        cutAt.set(apiKey);
    }

    /** Whether it was cut as was asked. */
    boolean wasCut() {
        return cutAt.get() < 0;
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                if (System.currentTimeMillis() < deadUntil) {
                    client.close();
                    continue;
                }
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
                sockets.add(client);
                sockets.add(broker);
                AtomicInteger lastAnswer = new AtomicInteger(-1);
                Thread.ofVirtual().start(() -> pump(client, broker, true, lastAnswer));
                Thread.ofVirtual().start(() -> pump(broker, client, false, lastAnswer));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    /**
     * Frame by frame: four bytes of length, then a request, which begins with kind, version and correlation id, or an
     * answer, which begins with the correlation id.
     *
     * @param lastAnswer correlation id of the answer at which the line is cut: by then the request has taken effect
     */
    private void pump(Socket from, Socket to, boolean areRequests, AtomicInteger lastAnswer) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            DataOutputStream out = new DataOutputStream(to.getOutputStream());
            while (true) {
                byte[] frame = in.readNBytes(in.readInt());
                boolean cuts = areRequests
                        && cutAt.compareAndSet(ByteBuffer.wrap(frame).getShort(), -1);
                if (cuts) {
                    deadUntil = System.currentTimeMillis() + deadMillis;
                }
                if (cuts && reachesTheBroker) {
                    lastAnswer.set(ByteBuffer.wrap(frame).getInt(4));
                }
                if (!areRequests) {
                    readdress(frame);
                }
                boolean isAnswered = !areRequests && ByteBuffer.wrap(frame).getInt() == lastAnswer.get();
                boolean isLost = isAnswered || !areRequests && System.currentTimeMillis() < deadUntil;
                if (!isLost && (!cuts || reachesTheBroker)) {
                    out.writeInt(frame.length);
                    out.write(frame);
                    out.flush();
                }
                if (cuts && !reachesTheBroker || isAnswered) {
                    cut();
                }
            }
        } catch (IOException e) {
            // Either side went.
        }
    }

    private void cut() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
        sockets.clear();
    }

    /** The broker's address becomes the line's. */
    private void readdress(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        for (int at = 0; at + HOST.length + 4 <= frame.length; at++) {
            if (Arrays.equals(frame, at, at + HOST.length, HOST, 0, HOST.length)
                    && bytes.getInt(at + HOST.length) == brokerPort) {
                bytes.putInt(at + HOST.length, server.getLocalPort());
            }
        }
    }
}
