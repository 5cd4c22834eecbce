package io.rationale.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Ports that stay ours while nobody listens on them: below those that systems give to outgoing connections. */
public final class Ports {
    private static final int FIRST = 12_000;
    private static final int LAST = 32_000;
    private static final Random RANDOM = new Random();
    private static final Set<Integer> GIVEN = new HashSet<>();

    private Ports() {}

    /** A port on loopback that was free a moment ago, never the same twice. */
    public static int free() {
        return free(1);
    }

    /** The first of so many in a row. */
    public static synchronized int free(int count) {
        while (true) {
            int first = RANDOM.nextInt(FIRST, LAST);
            if (IntStream.range(first, first + count).allMatch(port -> !GIVEN.contains(port) && isFree(port))) {
                IntStream.range(first, first + count).forEach(GIVEN::add);
                return first;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
