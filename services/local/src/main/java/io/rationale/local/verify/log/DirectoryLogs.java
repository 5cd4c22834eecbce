package io.rationale.local.verify.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.ByteUtils;

/** The logs in a broker's directory, read from its files; no broker may work there. */
public final class DirectoryLogs implements RecordLogs {
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final String OFFSETS = "__consumer_offsets";
    private static final String CLEAN = ".kafka_cleanshutdown";
    /** Kinds of keys of the offsets' topic that are offsets. */
    private static final int LAST_OFFSET_KEY = 1;
    /** Forms of their values: from these on with a leader epoch, and with lengths of variable size. */
    private static final int WITH_EPOCH = 3;

    private static final int FLEXIBLE = 4;

    private static final Cursor NOTHING = new Cursor() {
        @Override
        public Optional<StoredRecord> next() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    };

    private final Path directory;
    private final LogFaults faults;
    private final boolean isClean;
    private final Map<String, PartitionFiles> opened = new HashMap<>();

    /** @param directory of the broker's logs */
    public DirectoryLogs(Path directory, LogFaults faults) {
        this.directory = directory;
        this.faults = faults;
        this.isClean = Files.exists(directory.resolve(CLEAN));
    }

    /** Also those whose folder is gone, as long as one of a higher number is there. */
    @Override
    public int partitions(String topic) {
        if (!TOPIC.matcher(topic).matches()) {
            return 0;
        }
        Pattern name = Pattern.compile(Pattern.quote(topic) + "-(\\d{1,5})");
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.map(folder -> name.matcher(folder.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(folder -> Integer.parseInt(folder.group(1)) + 1)
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isThere(String topic, int partition) {
        return TOPIC.matcher(topic).matches() && Files.isDirectory(folder(topic, partition));
    }

    private Path folder(String topic, int partition) {
        return directory.resolve(topic + "-" + partition);
    }

    private Optional<PartitionFiles> open(String topic, int partition) {
        if (!isThere(topic, partition)) {
            return Optional.empty();
        }
        return Optional.of(opened.computeIfAbsent(
                topic + "-" + partition,
                any -> new PartitionFiles(folder(topic, partition), topic, partition, isClean, faults)));
    }

    @Override
    public Extent extent(String topic, int partition) {
        return open(topic, partition).map(PartitionFiles::extent).orElse(new Extent(0, 0));
    }

    @Override
    public Cursor read(String topic, int partition, long from) {
        return open(topic, partition).map(files -> files.read(from)).orElse(NOTHING);
    }

    @Override
    public List<StoredRecord> around(String topic, int partition, long offset) {
        return open(topic, partition).map(files -> files.around(offset)).orElse(List.of());
    }

    @Override
    public Map<Integer, Committed> committed(String group, String topic) {
        Map<Integer, Committed> committed = new HashMap<>();
        for (int partition = 0; partition < partitions(OFFSETS); partition++) {
            try (Cursor cursor = read(OFFSETS, partition, 0)) {
                for (Optional<StoredRecord> each = cursor.next(); each.isPresent(); each = cursor.next()) {
                    take(each.get(), group, topic, committed);
                }
            }
        }
        return committed;
    }

    /** The form of Kafka's own records, key version 0 or 1: group, topic, partition; value: offset, epoch, metadata. */
    private static void take(StoredRecord each, String group, String topic, Map<Integer, Committed> committed) {
        try {
            ByteBuffer key = ByteBuffer.wrap(each.keyBytes() == null ? new byte[0] : each.keyBytes());
            short version = key.getShort();
            if (version > LAST_OFFSET_KEY
                    || !text(key).equals(group)
                    || !text(key).equals(topic)) {
                return;
            }
            int partition = key.getInt();
            if (each.value() == null) {
                committed.remove(partition);
                return;
            }
            ByteBuffer value = ByteBuffer.wrap(each.value());
            short form = value.getShort();
            long offset = value.getLong();
            if (form >= WITH_EPOCH) {
                value.getInt();
            }
            committed.put(partition, new Committed(offset, form >= FLEXIBLE ? compactText(value) : text(value)));
        } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
            // Another kind of record.
        }
    }

    private static String text(ByteBuffer from) {
        byte[] octets = new byte[from.getShort()];
        from.get(octets);
        return new String(octets, StandardCharsets.UTF_8);
    }

    /** Its length stands before it, one more than it is. */
    private static String compactText(ByteBuffer from) {
        byte[] octets = new byte[Math.max(0, ByteUtils.readUnsignedVarint(from) - 1)];
        from.get(octets);
        return new String(octets, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        opened.clear();
    }
}
