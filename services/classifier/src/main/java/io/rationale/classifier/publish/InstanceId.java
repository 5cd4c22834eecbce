package io.rationale.classifier.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The name of this instance, which makes its transactional id. No two living processes may share one; a process that
 * starts again should have its old one, since that ends at once what it left open. Where none is configured, it is the
 * host, the user and the first number whose file in the user's folder for temporary files nobody holds locked: the lock
 * goes with the process, however it ends.
 */
public final class InstanceId implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(InstanceId.class);
    private static final int MOST = 1_000;

    private final String value;
    /** Holds the lock; null without one. */
    private final FileChannel held;

    private InstanceId(String value, FileChannel held) {
        this.value = value;
        this.held = held;
    }

    /** @param configured stays as it is */
    public static InstanceId of(Optional<String> configured) {
        String user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9._-]", "_");
        return configured
                .map(given -> new InstanceId(given, null))
                .orElseGet(() -> free(
                        host() + "-" + user,
                        Path.of(System.getProperty("java.io.tmpdir"), "rationale-classifier-" + user)));
    }

    /** The first name that is free among those whose files are in that folder. */
    static InstanceId free(String prefix, Path folder) {
        try {
            Files.createDirectories(folder);
            for (int slot = 1; slot <= MOST; slot++) {
                FileChannel channel = lock(folder.resolve("instance-" + slot + ".lock"));
                if (channel != null) {
                    return new InstanceId(prefix + "-" + slot, channel);
                }
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warnf(
                    "No stable name for this instance can be kept in %s; a restart after a crash waits for the"
                            + " transaction timeout, unless rationale.classifier.instance-id is set error=%s",
                    folder, e.toString());
        }
        return new InstanceId(prefix + "-" + UUID.randomUUID(), null);
    }

    /** The name. */
    public String value() {
        return value;
    }

    /** Lets others have the name. */
    @Override
    public void close() {
        try {
            if (held != null) {
                held.close();
            }
        } catch (IOException e) {
            LOG.debugf("Lock file was not closed error=%s", e.toString());
        }
    }

    /** Null when somebody else holds it. The file is neither written nor deleted, and no link is followed. */
    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: another loop in it.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    private static String host() {
        String host = System.getenv("HOSTNAME");
        if (host != null && !host.isBlank()) {
            return host;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
