package io.rationale.local.erase;

import io.rationale.core.topic.Topics;
import io.rationale.local.command.UsageException;
import io.rationale.local.data.DataDirectory;
import io.rationale.local.data.DirectoryReading;
import io.rationale.local.verify.log.DirectoryLogs;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.topics.NativeCompression;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Erases what somebody asked for in a data directory. */
public final class Erasure {
    private static final int SALT_BYTES = 16;
    private static final int ID_BYTES = 8;

    private final Path path;
    private final Consumer<String> steps;

    /**
     * What is to be erased.
     *
     * @param notes   ids of notes
     * @param persons identifiers of persons
     * @param by      who asks
     * @param reason  why, or null
     */
    public record Wish(List<String> notes, List<String> persons, String by, String reason) {
        public Wish {
            notes = List.copyOf(notes);
            persons = List.copyOf(persons);
        }

        private boolean isEmpty() {
            return notes.isEmpty() && persons.isEmpty();
        }
    }

    /** What was found, in lines for people. */
    public record Found(boolean isNothing, List<String> lines) {
        public Found {
            lines = List.copyOf(lines);
        }

        static Found of(ErasureSearch.Result result) {
            List<String> lines = new ArrayList<>();
            if (result.isNothing()) {
                lines.add("Nothing to erase was found.");
            } else {
                lines.add(String.format(
                        Locale.ROOT,
                        "%,d notes to erase, in %,d records:",
                        result.plan().notes().size() - result.unknown().size(),
                        result.records().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()));
                result.records()
                        .forEach((topic, count) -> lines.add(String.format(Locale.ROOT, "  %-36s %,9d", topic, count)));
                lines.add("and the search index. Counts stay.");
                if (result.plan().recount()) {
                    lines.add("An identifier stands in an id, a source or a label that is counted: that name goes, and"
                            + " the statistics are counted anew from the audit at the next start.");
                }
            }
            result.unknown().forEach(id -> lines.add("No note has the id " + id + "."));
            return new Found(result.isNothing(), lines);
        }
    }

    /** What came of it. */
    public record Outcome(boolean isDone, List<String> lines) {
        public Outcome {
            lines = List.copyOf(lines);
        }
    }

    /** @param steps is told what is done, in sentences without a full stop */
    public Erasure(Path path, Consumer<String> steps) {
        this.path = path;
        this.steps = steps;
    }

    /** Whether an erasure was begun there and not finished. */
    public boolean isInterrupted() {
        return DataDirectory.hasErasure(path);
    }

    /** Looks and changes nothing. @throws UsageException when there is no data, or a process works there */
    public Found look(Wish wish) {
        NativeCompression.load();
        try (DirectoryReading reading = DirectoryReading.of(path);
                RecordLogs logs = new DirectoryLogs(reading.kafka(), (topic, partition, offset, what) -> {})) {
            return Found.of(new ErasureSearch(logs, Topics.DEFAULT, request(wish)).run());
        }
    }

    /**
     * Erases, after an erasure that was interrupted is finished.
     *
     * @param isConfirmed is shown what was found
     * @throws UsageException when there is no data, a process works there, or nothing is wished
     */
    public Outcome run(Wish wish, Predicate<Found> isConfirmed) throws IOException, InterruptedException {
        if (!DataDirectory.exists(path)) {
            throw new UsageException("There is no data in " + path + ": name the directory that classify or serve"
                    + " worked in with --data.");
        }
        NativeCompression.load();
        List<String> lines = new ArrayList<>();
        try (DataDirectory data = DataDirectory.open(path)) {
            DirectoryErasure erasure = new DirectoryErasure(data, steps::accept);
            Optional<ErasurePlan> left = erasure.interrupted();
            if (left.isPresent()) {
                erasure.finish(left.get());
                lines.add("The erasure " + left.get().id() + " that was interrupted is finished.");
                if (wish.isEmpty()) {
                    return new Outcome(true, lines);
                }
            }
            boolean[] isWanted = new boolean[1];
            ErasureSearch.Result result = erasure.run(request(wish), found -> {
                isWanted[0] = isConfirmed.test(Found.of(found));
                return isWanted[0];
            });
            lines.addAll(linesOf(result, isWanted[0]));
            return new Outcome(isWanted[0] || left.isPresent(), lines);
        }
    }

    private static List<String> linesOf(ErasureSearch.Result result, boolean isWanted) {
        if (result.isNothing()) {
            return Found.of(result).lines();
        }
        return isWanted
                ? List.of(
                        "Erased. The erasure is " + result.plan().id() + " in the audit; 'rationale verify' counts it.",
                        "Files that notes were read from or exported to are yours to delete.")
                : List.of("Nothing was changed.");
    }

    /** @throws UsageException when nothing is wished, or its words would stay in the audit */
    private static void require(Wish wish) {
        if (wish.isEmpty()) {
            throw new UsageException("Name what to erase: notes with --note, a person with --person or --person-file.");
        }
        try {
            Identifiers persons = new Identifiers(wish.persons());
            if (persons.standIn(wish.reason()) || persons.standIn(wish.by())) {
                throw new UsageException("--reason and --by stay in the audit: leave the person's name out of them.");
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** @throws UsageException as {@link #require} does */
    static ErasureSearch.Request request(Wish wish) {
        require(wish);
        return new ErasureSearch.Request(
                "e-" + random(ID_BYTES),
                wish.notes(),
                wish.persons(),
                wish.by(),
                wish.reason(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                random(SALT_BYTES));
    }

    private static String random(int bytes) {
        byte[] octets = new byte[bytes];
        new SecureRandom().nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }
}
