package io.rationale.local.erase;

import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import io.rationale.local.command.UsageException;
import io.rationale.local.verify.log.ClusterLogs;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.topics.NativeCompression;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Erases in a cluster, which cannot change single records: first the erasure is recorded, so that no console shows the
 * words any more; then the files of each broker are rewritten while it is stopped, one broker after the other. Between these
 * steps a file says what is to be done.
 */
public final class ClusterErasure {
    private final Topics topics;
    private final Consumer<String> steps;

    /** @param steps is told what is done, in sentences without a full stop */
    public ClusterErasure(Topics topics, Consumer<String> steps) {
        this.topics = topics;
        this.steps = steps;
    }

    /** Looks and changes nothing. @param kafka plain client properties */
    public Erasure.Found look(Map<String, Object> kafka, Erasure.Wish wish) {
        NativeCompression.load();
        try (RecordLogs logs = new ClusterLogs(new HashMap<>(kafka))) {
            return Erasure.Found.of(new ErasureSearch(logs, topics, Erasure.request(wish)).run());
        }
    }

    /**
     * Finds, asks, and records.
     *
     * @param plan        file that is written for the brokers; one that is there is taken up again
     * @param isConfirmed is shown what was found
     */
    public Erasure.Outcome record(
            Map<String, Object> kafka, Erasure.Wish wish, Path plan, Predicate<Erasure.Found> isConfirmed)
            throws IOException, InterruptedException {
        NativeCompression.load();
        try (RecordLogs logs = new ClusterLogs(new HashMap<>(kafka))) {
            ErasurePlan found;
            if (Files.exists(plan)) {
                found = read(plan);
            } else {
                steps.accept("Looking through all topics");
                ErasureSearch.Result result = new ErasureSearch(logs, topics, Erasure.request(wish)).run();
                Erasure.Found shown = Erasure.Found.of(result);
                if (result.isNothing() || !isConfirmed.test(shown)) {
                    return new Erasure.Outcome(
                            false, result.isNothing() ? shown.lines() : List.of("Nothing was changed."));
                }
                found = result.plan();
                WholeFiles.replace(plan, Json.bytes(found));
            }
            steps.accept("Recording the erasure in the audit");
            new ErasureRecorder(kafka, logs, topics).record(found);
            WholeFiles.replace(plan, Json.bytes(found.with(found.notices(), found.events(), true)));
            return new Erasure.Outcome(true, next(found, plan));
        }
    }

    private static List<String> next(ErasurePlan found, Path plan) {
        List<String> lines = new ArrayList<>(List.of(
                "Recorded as " + found.id() + ": consoles show these notes, their exports and exchanges without words.",
                "The brokers still hold the words. For each broker, one after the other: stop it, run",
                "  rationale erase --plan " + plan + " --log-dir DIR",
                "on each of its log directories, and start it again. Then start the consoles anew, delete their search",
                "indexes (rationale.search.directory), and delete " + plan + ": it holds what was looked for."));
        if (found.recount()) {
            lines.add(
                    "An identifier stands in an id, a source or a label that is counted: the statistics and their stores"
                            + " keep that name until the Streams application " + "is reset.");
        }
        return lines;
    }

    /**
     * Rewrites a log directory of a broker that is stopped; may be done again.
     *
     * @throws UsageException when a broker works there, or the plan is none
     */
    public Erasure.Outcome rewrite(Path plan, Path directory) throws IOException {
        NativeCompression.load();
        ErasurePlan read = read(plan);
        if (!read.recorded()) {
            throw new UsageException("The erasure of " + plan + " is not recorded yet: run it with --kafka first.");
        }
        if (!Files.exists(directory.resolve("meta.properties"))) {
            throw new UsageException("There is no log directory of a broker at " + directory + ".");
        }
        Path lockFile = directory.resolve(".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (lock == null) {
                throw new UsageException("A broker works in " + directory + ". Stop it first.");
            }
            AtomicLong all = new AtomicLong();
            new LogDirectory(directory).rewrite(read, topics, true, (partition, records) -> {
                all.addAndGet(records);
                if (records > 0) {
                    steps.accept("Rewrote " + records + " records of " + partition);
                }
            });
            return new Erasure.Outcome(true, List.of("Rewrote " + all + " records in " + directory + "."));
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static ErasurePlan read(Path plan) {
        try {
            return Json.read(Files.readAllBytes(plan), ErasurePlan.class);
        } catch (IOException | RuntimeException e) {
            throw new UsageException("The file " + plan + " is no plan of an erasure.");
        }
    }
}
