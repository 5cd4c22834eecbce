package io.rationale.classifier;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rationale.classifier.intake.ClassifierLoop;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A classifier in a process of its own, so that it can be killed. */
public final class ClassifierProcess {
    private static final int CALLS = 16;

    private ClassifierProcess() {}

    /** A started loop. */
    static ClassifierLoop loop(Map<String, Object> kafka, ClassifierConfig config, ReasoningModel model) {
        return loop(kafka, config, Taxonomies.ragFailures(), model);
    }

    /** A started loop that judges under that taxonomy at first. */
    static ClassifierLoop loop(
            Map<String, Object> kafka, ClassifierConfig config, Taxonomy taxonomy, ReasoningModel model) {
        ClassifierLoop loop = new ClassifierLoop(
                config,
                new HashMap<>(kafka),
                taxonomy,
                model,
                Fixtures.capacity(config.r1().concurrency().fixed().orElse(CALLS)),
                new SimpleMeterRegistry(),
                NoteTraces.NONE,
                Clock.systemUTC());
        loop.start();
        return loop;
    }

    static Process start(String bootstrapServers, String prefix, String instance, String r1) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClassifierProcess.class.getName(),
                        bootstrapServers,
                        prefix,
                        instance,
                        r1))
                .redirectErrorStream(true)
                .redirectOutput(new File("target/classifier-process.log"))
                .start();
    }

    public static void main(String[] args) {
        loop(
                Map.of("bootstrap.servers", args[0]),
                TestConfig.of(args[1], args[2], Map.of("rationale.batch.max-notes", "2")),
                new PlainHttpModel(args[3]));
    }
}
