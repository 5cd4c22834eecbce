package io.rationale.local.erase;

import io.rationale.console.statistics.StatisticsTopology;
import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import io.rationale.local.data.DataDirectory;
import io.rationale.local.node.LocalNode;
import io.rationale.local.verify.log.ClusterLogs;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Erases in a data directory that no other process works in: finds what is to go, writes down what will be done, stops the
 * broker, and rewrites its files. Whoever is interrupted behind the first of these steps goes on where it was.
 */
final class DirectoryErasure {
    private static final Topics TOPICS = Topics.DEFAULT;

    private final DataDirectory data;
    private final Steps steps;

    /** Is told what is done. */
    interface Steps {
        /** The next step, in a few words. */
        void begin(String what);
    }

    DirectoryErasure(DataDirectory data, Steps steps) {
        this.data = data;
        this.steps = steps;
    }

    /** What an interrupted erasure left to do. */
    Optional<ErasurePlan> interrupted() throws IOException {
        return DataDirectory.hasErasure(data.path())
                ? Optional.of(Json.read(Files.readAllBytes(data.erasure()), ErasurePlan.class))
                : Optional.empty();
    }

    /**
     * Looks, asks, and erases.
     *
     * @param isWanted is shown what was found; false ends it without a change
     * @return what was found
     */
    ErasureSearch.Result run(ErasureSearch.Request request, Predicate<ErasureSearch.Result> isWanted)
            throws IOException, InterruptedException {
        steps.begin("Looking through all topics");
        ErasureSearch.Result found;
        try (EmbeddedKafka kafka = broker();
                RecordLogs logs = logs(kafka)) {
            found = new ErasureSearch(logs, TOPICS, request).run();
            if (found.isNothing() || !isWanted.test(found)) {
                return found;
            }
            write(found.plan());
            record(found.plan(), kafka, logs);
        }
        rewrite(found.plan());
        return found;
    }

    /** Goes on with an erasure that was interrupted. */
    void finish(ErasurePlan plan) throws IOException, InterruptedException {
        if (!plan.recorded()) {
            try (EmbeddedKafka kafka = broker();
                    RecordLogs logs = logs(kafka)) {
                record(plan, kafka, logs);
            }
        }
        rewrite(plan);
    }

    private EmbeddedKafka broker() {
        LocalNode.quiet();
        EmbeddedKafka kafka = EmbeddedKafka.start(data.kafka(), 0);
        kafka.createTopics(LocalNode.topics());
        return kafka;
    }

    private static RecordLogs logs(EmbeddedKafka kafka) {
        return new ClusterLogs(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private void write(ErasurePlan plan) throws IOException {
        WholeFiles.replace(data.erasure(), Json.bytes(plan));
    }

    private void record(ErasurePlan plan, EmbeddedKafka kafka, RecordLogs logs)
            throws IOException, InterruptedException {
        steps.begin("Recording the erasure in the audit");
        new ErasureRecorder(Map.of("bootstrap.servers", kafka.bootstrapServers()), logs, TOPICS).record(plan);
        write(plan.with(plan.notices(), plan.events(), true));
    }

    /** Each of these steps may be done twice. */
    private void rewrite(ErasurePlan plan) throws IOException {
        LogDirectory logs = new LogDirectory(data.kafka());
        logs.rewrite(plan, TOPICS, false, (partition, records) -> {
            if (records > 0) {
                steps.begin("Rewrote " + records + " records of " + partition);
            }
        });
        if (plan.recount()) {
            steps.begin("Emptying the statistics: they are counted anew at the next start");
            logs.forgetCounts(StatisticsTopology.applicationId(TOPICS), TOPICS);
            WholeFiles.deleteTree(data.streams());
        }
        steps.begin("Removing the search index: it is built anew at the next start");
        WholeFiles.deleteTree(data.search());
        WholeFiles.deleteTree(data.vertx());
        text(plan);
        Files.deleteIfExists(data.erasure());
    }

    /** The taxonomy's file and the logs. */
    private void text(ErasurePlan plan) throws IOException {
        Identifiers persons = new Identifiers(plan.persons());
        if (persons.isEmpty()) {
            return;
        }
        if (Files.exists(data.taxonomy())) {
            StoredRecord stored = new StoredRecord(0, 0, 0, null, List.of(), Files.readAllBytes(data.taxonomy()));
            Optional<Rewriter.Rewritten> made = new Rewriter(plan, TOPICS).rewrite(TOPICS.taxonomies(), stored);
            if (made.isPresent()) {
                WholeFiles.replace(data.taxonomy(), made.get().value());
            }
        }
        for (Path log : logs()) {
            List<String> lines = new ArrayList<>();
            for (String line : Files.readString(log, StandardCharsets.UTF_8).split("\n", -1)) {
                lines.add(persons.standIn(line) ? persons.removedFrom(line) : line);
            }
            WholeFiles.replace(log, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
    }

    private List<Path> logs() throws IOException {
        String name = data.log().getFileName().toString();
        try (Stream<Path> files = Files.list(data.path())) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
