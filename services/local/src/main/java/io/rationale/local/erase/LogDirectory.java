package io.rationale.local.erase;

import io.rationale.core.topic.Topics;
import io.rationale.local.verify.log.StoredRecord;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The logs of a broker that does not run. */
final class LogDirectory {
    private static final Pattern PARTITION = Pattern.compile("([A-Za-z0-9._-]+)-(\\d{1,9})");
    /** Folders of topics that were deleted, or moved away. */
    private static final Pattern LEFT_OVER = Pattern.compile(".+-(?:delete|stray|future)");

    private static final List<String> CHECKPOINTS = List.of(
            "recovery-point-offset-checkpoint",
            "replication-offset-checkpoint",
            "log-start-offset-checkpoint",
            "cleaner-offset-checkpoint");
    private static final String OFFSETS = "__consumer_offsets";
    /** Kinds of keys of the offsets' topic that are offsets. */
    private static final int LAST_OFFSET_KEY = 1;

    private final Path directory;

    LogDirectory(Path directory) {
        this.directory = directory;
    }

    private record Folder(Path path, String topic, int partition) {}

    /**
     * Rewrites the topics of the plan.
     *
     * @param isLive whether more was written since the plan was made: then that stays as it is, as no notice tells of it
     * @param done is told each partition with the number of records that were changed
     */
    void rewrite(ErasurePlan plan, Topics topics, boolean isLive, BiConsumer<String, Long> done) throws IOException {
        Rewriter rewriter = new Rewriter(plan, topics, aborted(plan, topics));
        List<String> ours = topics.specs(1).stream().map(Topics.Spec::name).toList();
        for (Folder each : folders(ours::contains)) {
            String name = each.path().getFileName().toString();
            long end = isLive ? plan.ends().getOrDefault(name, Long.MAX_VALUE) : Long.MAX_VALUE;
            PartitionRewriter partition = new PartitionRewriter(
                    each.path(),
                    each.partition(),
                    stored -> stored.offset() < end ? rewriter.rewrite(each.topic(), stored) : Optional.empty());
            done.accept(name, partition.run());
        }
        removeLeftOvers(topics);
    }

    /** Exchanges of transactions that were aborted stand in the files, and nobody who reads the topic sees them. */
    private Set<String> aborted(ErasurePlan plan, Topics topics) throws IOException {
        Rewriter looking = new Rewriter(plan, topics);
        Set<String> found = new HashSet<>();
        for (Folder each : folders(topics.exchanges()::equals)) {
            new PartitionRewriter(each.path(), each.partition(), stored -> {
                        if (!plan.exchanges().contains(stored.key()) && looking.isExchangeToEmpty(stored)) {
                            found.add(stored.key());
                        }
                        return Optional.empty();
                    })
                    .look();
        }
        return found;
    }

    /** What was deleted already may still lie there for a minute. */
    private void removeLeftOvers(Topics topics) throws IOException {
        for (Path each : children()) {
            String name = each.getFileName().toString();
            if (name.startsWith(topics.prefix()) && LEFT_OVER.matcher(name).matches()) {
                WholeFiles.deleteTree(each);
            }
        }
    }

    /**
     * Makes the statistics begin anew: their topic, the stores' topics and the group's offsets are emptied.
     *
     * @param application id of the Streams application
     */
    void forgetCounts(String application, Topics topics) throws IOException {
        Predicate<String> counts =
                name -> name.equals(topics.categoryStatistics()) || name.startsWith(application + "-");
        List<Folder> emptied = folders(counts);
        for (Folder each : emptied) {
            try (Stream<Path> files = Files.list(each.path())) {
                for (Path file : files.toList()) {
                    if (!file.getFileName().toString().equals("partition.metadata")) {
                        Files.delete(file);
                    }
                }
            }
        }
        for (String each : CHECKPOINTS) {
            withoutLines(directory.resolve(each), emptied);
        }
        for (Folder each : folders(OFFSETS::equals)) {
            new PartitionRewriter(each.path(), each.partition(), stored -> forgotten(application, stored)).run();
        }
    }

    /** A checkpoint has a version, a number of lines, and a line for each partition. */
    private static void withoutLines(Path file, List<Folder> emptied) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty()) {
            return;
        }
        List<String> kept = lines.stream()
                .skip(2)
                .filter(line -> emptied.stream()
                        .noneMatch(each -> line.startsWith(each.topic() + " " + each.partition() + " ")))
                .toList();
        List<String> all = new ArrayList<>(List.of(lines.getFirst(), String.valueOf(kept.size())));
        all.addAll(kept);
        WholeFiles.replace(file, (String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Rewriter.Rewritten> forgotten(String group, StoredRecord stored) {
        try {
            ByteBuffer key = ByteBuffer.wrap(stored.keyBytes() == null ? new byte[0] : stored.keyBytes());
            boolean isOffset = key.getShort() <= LAST_OFFSET_KEY;
            byte[] name = new byte[isOffset ? key.getShort() : 0];
            key.get(name);
            boolean isOurs = isOffset && new String(name, StandardCharsets.UTF_8).equals(group);
            return isOurs && stored.value() != null
                    ? Optional.of(new Rewriter.Rewritten(stored.keyBytes(), stored.headers(), null))
                    : Optional.empty();
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            return Optional.empty();
        }
    }

    private List<Folder> folders(Predicate<String> topic) throws IOException {
        List<Folder> found = new ArrayList<>();
        for (Path each : children()) {
            Matcher matcher = PARTITION.matcher(each.getFileName().toString());
            if (Files.isDirectory(each) && matcher.matches() && topic.test(matcher.group(1))) {
                found.add(new Folder(each, matcher.group(1), Integer.parseInt(matcher.group(2))));
            }
        }
        return found;
    }

    private List<Path> children() throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        }
    }
}
