package io.rationale.local.data;

import io.rationale.local.command.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps others from working in a data directory while it is read. Changes nothing there, so that a copy will do. */
public final class DirectoryReading implements AutoCloseable {
    private final Path path;
    /** Null in a directory without a lock file. */
    private final FileChannel channel;

    private DirectoryReading(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws UsageException when there is no data, or a process works there */
    public static DirectoryReading of(Path path) {
        if (!DataDirectory.exists(path)) {
            throw new UsageException("There is no data in " + path + ": name the directory that classify or serve"
                    + " worked in with --data.");
        }
        try {
            FileChannel channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.READ);
            if (lock(channel) == null) {
                channel.close();
                throw new UsageException("The data directory " + path + " is in use by another process. Stop it, or"
                        + " verify its broker with --kafka.");
            }
            return new DirectoryReading(path, channel);
        } catch (NoSuchFileException e) {
            return new DirectoryReading(path, null);
        } catch (IOException e) {
            throw new UsageException("The data directory " + path + " cannot be read (" + e.getMessage() + ").");
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, true);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Where the broker keeps its logs. */
    public Path kafka() {
        return path.resolve("kafka");
    }

    /** The taxonomy that the directory is judged under, unless its topic says otherwise; perhaps there is none. */
    public Path taxonomy() {
        return path.resolve("taxonomy.json");
    }

    /** Whether there is such a taxonomy. */
    public boolean hasTaxonomy() {
        return Files.isRegularFile(taxonomy());
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
