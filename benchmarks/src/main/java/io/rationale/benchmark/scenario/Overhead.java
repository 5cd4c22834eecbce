package io.rationale.benchmark.scenario;

import io.rationale.benchmark.Report;
import io.rationale.benchmark.check.CommittedRecords;
import io.rationale.benchmark.load.NoteLoad;
import io.rationale.benchmark.load.NoteTexts;
import io.rationale.benchmark.plain.PlainLoop;
import io.rationale.benchmark.stack.Await;
import io.rationale.benchmark.stack.BrokerProcess;
import io.rationale.benchmark.stack.CannedR1;
import io.rationale.benchmark.stack.ClassifierProcess;
import io.rationale.benchmark.stack.Processes;
import io.rationale.core.note.Note;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Processor time of the whole process a note, while R1 needs none: what the classifier itself costs. */
@Command(
        name = "overhead",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the processor time that the classifier's process takes for a note, beside a plain loop,"
                + " with an R1 that answers at once.")
public final class Overhead extends Scenario {
    private static final int PARTITIONS = 6;
    /** Kafka's default. */
    private static final int NOTES_PER_POLL = 500;

    private static final Duration SETTLING = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,8",
            description = "Notes in a call (default: ${DEFAULT-VALUE}).")
    private List<Integer> batches;

    @Option(
            names = "--notes",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Notes in a round (default: ${DEFAULT-VALUE}).")
    private int notes;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds that count; the subjects take turns (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds before, which do not count (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--thought-tokens",
            paramLabel = "N",
            defaultValue = "20",
            description = "Tokens of R1's thought about a note, each an event of its own in a stream (default:"
                    + " ${DEFAULT-VALUE}).")
    private int thoughtTokens;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "32",
            description = "Calls at a time of the plain loop (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(names = "--also-whole", description = "Measures the classifier without streaming, too.")
    private boolean alsoWhole;

    @Override
    boolean run(Processes processes, Report report) {
        BrokerProcess broker = BrokerProcess.start(processes, 0);
        CannedR1 r1 = CannedR1.start(processes, thoughtTokens);
        for (int batch : batches) {
            List<Subject> subjects = subjects(processes, broker, r1, batch);
            measure(report, broker, batch, subjects);
            subjects.forEach(subject -> subject.process().kill());
        }
        return true;
    }

    private List<Subject> subjects(Processes processes, BrokerProcess broker, CannedR1 r1, int batch) {
        List<Subject> subjects = new ArrayList<>();
        subjects.add(Subject.classifier(processes, "classifier", settings(broker, r1, batch, "streamed")));
        if (alsoWhole) {
            subjects.add(Subject.classifier(
                    processes,
                    "classifier, not streamed",
                    settings(broker, r1, batch, "whole").with("RATIONALE_R1_STREAM", false)));
        }
        subjects.add(plain(processes, broker, r1, batch, true));
        subjects.add(plain(processes, broker, r1, batch, false));
        return subjects;
    }

    private Subject plain(Processes processes, BrokerProcess broker, CannedR1 r1, int batch, boolean doesAll) {
        String prefix = (doesAll ? "all-" : "lean-") + batch + ".";
        broker.createTopics(prefix, PARTITIONS);
        return Subject.plain(
                processes,
                doesAll ? "plain loop, same job" : "plain loop, lean",
                new PlainLoop.Options(
                        broker.bootstrapServers(),
                        prefix,
                        r1.baseUrl(),
                        CannedR1.MODEL,
                        batch,
                        concurrency,
                        NOTES_PER_POLL,
                        doesAll),
                jvmOptions());
    }

    private ClassifierProcess.Settings settings(BrokerProcess broker, CannedR1 r1, int batch, String how) {
        String prefix = how + "-" + batch + ".";
        broker.createTopics(prefix, PARTITIONS);
        return ClassifierProcess.Settings.of(broker.bootstrapServers(), List.of(r1.baseUrl()), CannedR1.MODEL, prefix)
                .with("RATIONALE_BATCH_MAX_NOTES", batch)
                .withJvmOptions(jvmOptions());
    }

    private void measure(Report report, BrokerProcess broker, int batch, List<Subject> subjects) {
        // What each takes to start is told apart from its notes.
        Await.pause(SETTLING);
        List<Course> courses = subjects.stream()
                .map(subject -> new Course(subject, broker.bootstrapServers()))
                .toList();
        try {
            for (int round = 0; round < warmUp + rounds; round++) {
                // In turn, so that what else the machine does meets all alike.
                for (Course course : courses) {
                    course.round(notes, round >= warmUp);
                }
                say("%d notes a call, round %d of %d: %s", batch, round + 1, warmUp + rounds, latest(courses));
            }
            double lean = courses.getLast().cpuMillis();
            double sameJob = courses.get(courses.size() - 2).cpuMillis();
            courses.forEach(course -> report.add(row(course, batch, sameJob, lean)));
        } finally {
            courses.forEach(Course::close);
        }
    }

    private static String latest(List<Course> courses) {
        return String.join(
                ", ",
                courses.stream()
                        .map(course -> String.format("%s %.3f ms", course.subject.name(), course.latest))
                        .toList());
    }

    private static SequencedMap<String, Object> row(Course course, int batch, double sameJob, double lean) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("notes a call", batch);
        row.put("subject", course.subject.name());
        row.put("CPU ms a note", course.cpuMillis());
        row.put("of the same job", course.cpuMillis() / sameJob);
        row.put("of the lean loop", course.cpuMillis() / lean);
        row.put("notes a second", course.notesPerSecond());
        row.put("CPU s before the first", course.cpuBefore.toMillis() / 1e3);
        row.put("CPU s in all", course.subject.process().cpu().toMillis() / 1e3);
        row.put("notes in all", course.sent);
        row.put("peak RSS MiB", course.subject.process().statusKib("VmHWM") / 1024);
        return row;
    }

    /** A subject on its way through the rounds. */
    private static final class Course implements AutoCloseable {
        private final Subject subject;
        private final NoteLoad load;
        private final CommittedRecords decided;
        private final NoteTexts texts = new NoteTexts(1);
        private final List<Double> cpuMillis = new ArrayList<>();
        private final List<Double> seconds = new ArrayList<>();
        private final Duration cpuBefore;
        private int sent;
        private double latest;
        private int inRound;

        Course(Subject subject, String bootstrapServers) {
            this.subject = subject;
            cpuBefore = subject.process().cpu();
            load = new NoteLoad(bootstrapServers, subject.topics().notes());
            decided = new CommittedRecords(
                    bootstrapServers, List.of(subject.topics().audit()));
        }

        void round(int notes, boolean counts) {
            List<Note> next =
                    Stream.generate(() -> texts.nextNote("n-")).limit(notes).toList();
            Duration cpu = subject.process().cpu();
            long start = System.nanoTime();
            load.sendAll(next);
            sent += notes;
            inRound = notes;
            decided.await(sent, PATIENCE);
            latest = subject.process().cpu().minus(cpu).toNanos() / 1e6 / notes;
            if (counts) {
                cpuMillis.add(latest);
                seconds.add((System.nanoTime() - start) / 1e9);
            }
        }

        double cpuMillis() {
            return median(cpuMillis);
        }

        double notesPerSecond() {
            return inRound / median(seconds);
        }

        @Override
        public void close() {
            load.close();
            decided.close();
        }

        private static double median(List<Double> values) {
            return values.stream().sorted().toList().get(values.size() / 2);
        }
    }
}
