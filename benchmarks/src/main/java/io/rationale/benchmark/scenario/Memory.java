package io.rationale.benchmark.scenario;

import io.rationale.benchmark.Report;
import io.rationale.benchmark.load.NoteLoad;
import io.rationale.benchmark.load.NoteTexts;
import io.rationale.benchmark.stack.Await;
import io.rationale.benchmark.stack.BrokerProcess;
import io.rationale.benchmark.stack.ClassifierProcess;
import io.rationale.benchmark.stack.Processes;
import io.rationale.benchmark.stack.SimulatorProcess;
import io.rationale.kafka.Ports;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether the classifier stays as small however many notes wait. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the classifier's memory while R1 is away and notes wait, some of them as large as notes"
                + " may be.")
public final class Memory extends Scenario {
    private static final int PARTITIONS = 6;
    private static final int LARGE_BYTES = 32 * 1024;
    private static final int LOOKS = 3;
    private static final double MIB = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Option(
            names = "--backlog",
            paramLabel = "N",
            split = ",",
            defaultValue = "10000,100000,1000000",
            description = "Notes that wait (default: ${DEFAULT-VALUE}).")
    private List<Integer> backlogs;

    @Option(
            names = "--large-share",
            paramLabel = "SHARE",
            defaultValue = "0.02",
            description = "Share of the notes that are 32 KiB long (default: ${DEFAULT-VALUE}).")
    private double largeShare;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "45",
            description = "How long each is looked at; three times, evenly (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "512m",
            description = "Largest heap, as -Xmx takes it (default: ${DEFAULT-VALUE}).")
    private String heap;

    @Override
    boolean run(Processes processes, Report report) {
        BrokerProcess broker = BrokerProcess.start(processes, 0);
        for (int backlog : backlogs) {
            String prefix = "b" + backlog + ".";
            fill(broker, prefix, backlog);
            look(processes, report, broker, prefix, backlog);
        }
        return true;
    }

    private void fill(BrokerProcess broker, String prefix, int backlog) {
        broker.createTopics(prefix, PARTITIONS);
        NoteTexts texts = new NoteTexts(1);
        Random random = new Random(2);
        try (NoteLoad load = new NoteLoad(broker.bootstrapServers(), prefix + "notes")) {
            for (int i = 0; i < backlog; i++) {
                boolean large = random.nextDouble() < largeShare;
                load.send(large ? texts.nextNote("n-", LARGE_BYTES) : texts.nextNote("n-"));
            }
            load.flush();
        }
        say("%d notes wait", backlog);
    }

    private void look(Processes processes, Report report, BrokerProcess broker, String prefix, int backlog) {
        // Nobody listens there.
        String away = "http://127.0.0.1:" + Ports.free() + "/v1";
        ClassifierProcess classifier = ClassifierProcess.start(
                processes,
                "classifier",
                ClassifierProcess.Settings.of(broker.bootstrapServers(), List.of(away), SimulatorProcess.MODEL, prefix)
                        .withJvmOptions(List.of("-Xmx" + heap))
                        .withJvmOptions(jvmOptions()));
        classifier.awaitLive();
        for (int i = 1; i <= LOOKS; i++) {
            Await.pause(Duration.ofSeconds(seconds).dividedBy(LOOKS));
            report.add(row(classifier, backlog, i * seconds / LOOKS));
        }
        classifier.process().kill();
    }

    private static SequencedMap<String, Object> row(ClassifierProcess classifier, int backlog, int after) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("notes waiting", backlog);
        row.put("after s", after);
        row.put("heap before collection MiB", heapMib(classifier));
        classifier.process().collectGarbage();
        row.put("heap after MiB", heapMib(classifier));
        row.put("RSS MiB", classifier.process().statusKib("VmRSS") / 1024.0);
        row.put("peak RSS MiB", classifier.process().statusKib("VmHWM") / 1024.0);
        say("%s", row);
        return row;
    }

    private static double heapMib(ClassifierProcess classifier) {
        return Await.present(
                        "the classifier tells its memory",
                        PATIENCE,
                        () -> classifier.metric("jvm_memory_used_bytes", "area=\"heap\""))
                / MIB;
    }
}
