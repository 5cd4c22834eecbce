package io.rationale.benchmark.scenario;

import io.rationale.benchmark.Report;
import io.rationale.benchmark.check.CommittedRecords;
import io.rationale.benchmark.load.NoteLoad;
import io.rationale.benchmark.load.NoteTexts;
import io.rationale.benchmark.plain.PlainLoop;
import io.rationale.benchmark.stack.BrokerProcess;
import io.rationale.benchmark.stack.ClassifierProcess;
import io.rationale.benchmark.stack.Processes;
import io.rationale.benchmark.stack.SimulatorProcess;
import io.rationale.benchmark.stack.SimulatorProcess.Stats;
import io.rationale.core.note.Note;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a note costs at R1. */
@Command(
        name = "tokens",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Counts R1's tokens a note for several sizes of batches, with all notes different and with some"
                + " that have the text of an earlier one, beside a plain loop.")
public final class Tokens extends Scenario {
    private static final int PARTITIONS = 6;
    private static final int SLOTS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,4,8,16",
            description = "Notes in a call (default: ${DEFAULT-VALUE}).")
    private List<Integer> batches;

    @Option(
            names = "--notes",
            paramLabel = "N",
            defaultValue = "480",
            description = "Notes in each row (default: ${DEFAULT-VALUE}).")
    private int notes;

    @Option(
            names = "--repeated",
            paramLabel = "SHARE",
            split = ",",
            defaultValue = "0,0.2",
            description = "Share of the notes that have the text of an earlier one (default: ${DEFAULT-VALUE}).")
    private List<Double> repeated;

    @Option(
            names = "--thought-median",
            paramLabel = "TOKENS",
            defaultValue = "200",
            description = "Median of R1's thought about a note (default: ${DEFAULT-VALUE}).")
    private int thoughtMedian;

    @Override
    boolean run(Processes processes, Report report) {
        BrokerProcess broker = BrokerProcess.start(processes, 0);
        SimulatorProcess r1 = SimulatorProcess.start(
                processes,
                1,
                List.of(
                        "--slots",
                        String.valueOf(SLOTS),
                        "--thought-median",
                        String.valueOf(thoughtMedian),
                        "--speed-up",
                        "200"));
        for (double share : repeated) {
            List<Note> stream = stream(share);
            for (int batch : batches) {
                String prefix = Math.round(share * 100) + "-" + batch + ".";
                Subject classifier = classifier(processes, broker, r1, batch, "classifier-" + prefix, "classifier", 5);
                report.add(row(broker, r1, classifier, batch, share, stream));
                Subject sure = classifier(processes, broker, r1, batch, "sure-" + prefix, "classifier, no votes", 1);
                report.add(row(broker, r1, sure, batch, share, stream));
                Subject plain = plain(processes, broker, r1, batch, "plain-" + prefix);
                report.add(row(broker, r1, plain, batch, share, stream));
            }
        }
        return true;
    }

    private List<Note> stream(double share) {
        NoteTexts texts = new NoteTexts(1);
        Random random = new Random(2);
        List<Note> stream = new ArrayList<>();
        while (stream.size() < notes) {
            boolean copy = !stream.isEmpty() && random.nextDouble() < share;
            stream.add(copy ? texts.copyOf(stream.get(random.nextInt(stream.size())), "n-") : texts.nextNote("n-"));
        }
        return stream;
    }

    private Subject classifier(
            Processes processes,
            BrokerProcess broker,
            SimulatorProcess r1,
            int batch,
            String prefix,
            String name,
            int votes) {
        broker.createTopics(prefix, PARTITIONS);
        return Subject.classifier(
                processes,
                name,
                ClassifierProcess.Settings.of(broker.bootstrapServers(), r1.baseUrls(), SimulatorProcess.MODEL, prefix)
                        .with("RATIONALE_BATCH_MAX_NOTES", batch)
                        .with("RATIONALE_VOTES_MAX", votes)
                        .withJvmOptions(jvmOptions()));
    }

    private Subject plain(Processes processes, BrokerProcess broker, SimulatorProcess r1, int batch, String prefix) {
        broker.createTopics(prefix, PARTITIONS);
        return Subject.plain(
                processes,
                new PlainLoop.Options(
                        broker.bootstrapServers(),
                        prefix,
                        r1.baseUrls().getFirst(),
                        SimulatorProcess.MODEL,
                        batch,
                        SLOTS,
                        SLOTS * batch,
                        false),
                jvmOptions());
    }

    private SequencedMap<String, Object> row(
            BrokerProcess broker, SimulatorProcess r1, Subject subject, int batch, double share, List<Note> stream) {
        r1.reset();
        try (NoteLoad load =
                        new NoteLoad(broker.bootstrapServers(), subject.topics().notes());
                CommittedRecords decided = new CommittedRecords(
                        broker.bootstrapServers(), List.of(subject.topics().audit()))) {
            load.sendAll(stream);
            decided.await(notes, PATIENCE);
        }
        subject.process().kill();
        Stats stats = r1.stats();
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("notes a call", batch);
        row.put("repeated texts", share);
        row.put("subject", subject.name());
        row.put("R1 notes a note", (double) stats.notes() / notes);
        row.put("calls", stats.calls());
        row.put("prompt a note", (double) stats.promptTokens() / notes);
        row.put("cached %", 100.0 * stats.cachedTokens() / stats.promptTokens());
        row.put("reasoning a note", (double) stats.reasoningTokens() / notes);
        row.put("answer a note", (double) stats.answerTokens() / notes);
        row.put(
                "all but cached a note",
                (double) (stats.promptTokens() - stats.cachedTokens() + stats.reasoningTokens() + stats.answerTokens())
                        / notes);
        say("%s", row);
        return row;
    }
}
