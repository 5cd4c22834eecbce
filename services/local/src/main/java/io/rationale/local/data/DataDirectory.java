package io.rationale.local.data;

import io.rationale.local.command.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder that a local node keeps everything in; locked by one process at a time. */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens a directory, making it when it is missing.
     *
     * @throws UsageException when it cannot be written or another process has it
     */
    public static DataDirectory open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return lock(path, channel);
        } catch (AccessDeniedException e) {
            throw new UsageException("The data directory " + path + " cannot be written. Name another with --data.");
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("The data directory " + path + " is a file. Name another with --data.");
        } catch (IOException e) {
            throw new UsageException("The data directory " + path + " cannot be used (" + e.getMessage()
                    + "). Name another with --data.");
        }
    }

    /** Whether a node has worked there before. */
    public static boolean exists(Path path) {
        return Files.isDirectory(path.resolve("kafka"));
    }

    /** Whether an erasure was begun there and not finished. */
    public static boolean hasErasure(Path path) {
        return Files.exists(erasure(path));
    }

    /** Where the broker keeps its logs. */
    public Path kafka() {
        return path.resolve("kafka");
    }

    /** Where Kafka Streams keeps its stores. */
    public Path streams() {
        return path.resolve("streams");
    }

    /** Where the console keeps its index of the notes. */
    public Path search() {
        return path.resolve("search");
    }

    /** The taxonomy that this node judges under. */
    public Path taxonomy() {
        return path.resolve("taxonomy.json");
    }

    /** Where Vert.x unpacks the page's files. */
    public Path vertx() {
        return path.resolve("vertx");
    }

    /** Where an erasure that is under way keeps what it has to do. */
    public Path erasure() {
        return erasure(path);
    }

    /** Where all of it is. */
    public Path path() {
        return path;
    }

    /** The log file. */
    public Path log() {
        return path.resolve("rationale.log");
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Path erasure(Path path) {
        return path.resolve("erasure.json");
    }

    private static DataDirectory lock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            String holder = holder(channel);
            channel.close();
            throw new UsageException("The data directory " + path + " is in use by another process" + holder
                    + ". Wait for it, stop it, or name another directory with --data.");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return new DataDirectory(path, channel, lock);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : " (" + text + ")";
    }
}
