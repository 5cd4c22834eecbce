package io.rationale.benchmark.scenario;

import io.rationale.benchmark.Report;
import io.rationale.benchmark.load.NoteLoad;
import io.rationale.benchmark.load.NoteTexts;
import io.rationale.benchmark.plain.PlainLoop;
import io.rationale.benchmark.stack.Await;
import io.rationale.benchmark.stack.BrokerProcess;
import io.rationale.benchmark.stack.ClassifierProcess;
import io.rationale.benchmark.stack.Processes;
import io.rationale.benchmark.stack.SimulatorProcess;
import io.rationale.benchmark.stack.SimulatorProcess.Stats;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much of R1 is busy while notes wait: a slot that idles is money. */
@Command(
        name = "saturation",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures which part of R1's slots is busy while notes wait, beside a plain loop. The classifier is"
                        + " not told how many slots there are; the plain loop is.")
public final class Saturation extends Scenario {
    private static final int PARTITIONS = 6;
    private static final double SKEW = 0.8;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int TOLD_EVERY_SECONDS = 5;
    private static final Duration INTERVAL = Duration.ofMillis(100);

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,8",
            description = "Notes in a call (default: ${DEFAULT-VALUE}).")
    private List<Integer> batches;

    @Option(
            names = "--keys",
            paramLabel = "HOW",
            split = ",",
            defaultValue = "EVEN,SKEWED",
            description =
                    "How notes are spread over six partitions: ${COMPLETION-CANDIDATES}; SKEWED puts 80 %% into one"
                            + " (default: ${DEFAULT-VALUE}).")
    private List<Keys> keys;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "16",
            description = "Slots of R1 (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--calls-per-slot",
            paramLabel = "N",
            defaultValue = "24",
            description = "Length of the backlog (default: ${DEFAULT-VALUE}).")
    private int callsPerSlot;

    @Option(
            names = "--ramp",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "From the first call, what does not count (default: ${DEFAULT-VALUE}).")
    private int ramp;

    @Option(
            names = "--polls",
            paramLabel = "N",
            defaultValue = "4",
            description = "Calls of each slot that the plain loop polls notes for and then waits for (default:"
                    + " ${DEFAULT-VALUE}).")
    private int polls;

    /** How notes are spread over the partitions. */
    enum Keys {
        EVEN,
        SKEWED
    }

    @Override
    boolean run(Processes processes, Report report) {
        BrokerProcess broker = BrokerProcess.start(processes, 0);
        SimulatorProcess r1 = SimulatorProcess.start(
                processes,
                1,
                List.of(
                        "--slots",
                        String.valueOf(slots),
                        "--thought-median",
                        "500",
                        "--token-ms-idle",
                        "20",
                        "--token-ms-full",
                        "40",
                        "--speed-up",
                        "15"));
        for (int batch : batches) {
            for (Keys spread : keys) {
                String prefix = spread.name().toLowerCase(Locale.ROOT) + "-" + batch + ".";
                fill(broker, "classifier-" + prefix, batch, spread);
                report.add(row(batch, spread, r1, classifier(processes, broker, r1, batch, "classifier-" + prefix)));
                fill(broker, "plain-" + prefix, batch, spread);
                report.add(row(batch, spread, r1, plain(processes, broker, r1, batch, "plain-" + prefix)));
            }
        }
        return true;
    }

    private void fill(BrokerProcess broker, String prefix, int batch, Keys spread) {
        broker.createTopics(prefix, PARTITIONS);
        NoteTexts texts = new NoteTexts(1);
        Random random = new Random(2);
        try (NoteLoad load = new NoteLoad(broker.bootstrapServers(), prefix + "notes")) {
            for (int i = 0; i < notes(batch); i++) {
                boolean hot = spread == Keys.SKEWED && random.nextDouble() < SKEW;
                load.send(texts.nextNote("n-"), hot ? 0 : i % PARTITIONS);
            }
            load.flush();
        }
    }

    private Subject classifier(
            Processes processes, BrokerProcess broker, SimulatorProcess r1, int batch, String prefix) {
        r1.reset();
        return Subject.classifier(
                processes,
                "classifier",
                ClassifierProcess.Settings.of(broker.bootstrapServers(), r1.baseUrls(), SimulatorProcess.MODEL, prefix)
                        .with("RATIONALE_BATCH_MAX_NOTES", batch)
                        .withJvmOptions(jvmOptions()));
    }

    private Subject plain(Processes processes, BrokerProcess broker, SimulatorProcess r1, int batch, String prefix) {
        r1.reset();
        return Subject.plain(
                processes,
                new PlainLoop.Options(
                        broker.bootstrapServers(),
                        prefix,
                        r1.baseUrls().getFirst(),
                        SimulatorProcess.MODEL,
                        batch,
                        slots,
                        slots * batch * polls,
                        false),
                jvmOptions());
    }

    private SequencedMap<String, Object> row(int batch, Keys spread, SimulatorProcess r1, Subject subject) {
        Await.until("the first call", PATIENCE, () -> r1.stats().running() > 0);
        Await.pause(Duration.ofSeconds(ramp));
        Stats start = r1.stats();
        Stats end = start;
        Stats told = start;
        // What has neither an answer nor a call waits.
        for (Stats now = start; now.notes() + now.running() * batch < notes(batch); now = r1.stats()) {
            end = now;
            if (now.slotSeconds() - told.slotSeconds() > slots * TOLD_EVERY_SECONDS) {
                say("%s: %.1f %% busy, %d calls at R1", subject.name(), busyPercent(told, now), now.running());
                told = now;
            }
            Await.pause(INTERVAL);
        }
        subject.process().kill();
        Await.until("R1 is idle", PATIENCE, () -> r1.stats().running() == 0);
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        double seconds = (end.slotSeconds() - start.slotSeconds()) / slots;
        row.put("notes a call", batch);
        row.put("keys", spread.name().toLowerCase(Locale.ROOT));
        row.put("subject", subject.name());
        row.put("busy %", busyPercent(start, end));
        row.put("waiting at R1", (end.queuedSeconds() - start.queuedSeconds()) / seconds);
        row.put("notes a second", (end.notes() - start.notes()) / seconds);
        row.put("measured s", seconds);
        say("%s", row);
        return row;
    }

    private static double busyPercent(Stats start, Stats end) {
        return 100 * (end.busySlotSeconds() - start.busySlotSeconds()) / (end.slotSeconds() - start.slotSeconds());
    }

    private int notes(int batch) {
        return slots * callsPerSlot * batch;
    }
}
