package io.rationale.local.node;

import io.rationale.classifier.r1.R1Availability;
import io.rationale.classifier.r1.R1Cluster;
import io.rationale.console.report.ReportWriter;
import io.rationale.console.statistics.CategoryTables;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A started node, for the command that started it.
 *
 * @param started      broker, taxonomy, stop signal
 * @param failure      what ended the classifier, when it ended by itself
 * @param r1           the endpoints
 * @param availability whether they answer
 * @param tables       answers
 * @param progress     how far the statistics are
 * @param reports      writes files
 * @param redactor     takes personal data out of notes
 */
public record RunningNode(
        LocalNode.Started started,
        Supplier<Optional<Throwable>> failure,
        R1Cluster r1,
        R1Availability availability,
        CategoryTables tables,
        StatisticsProgress progress,
        ReportWriter reports,
        Redactor redactor) {
    /** Host and port for Kafka clients. */
    public String bootstrapServers() {
        return started.bootstrapServers();
    }

    /** Address of the page. */
    public URI page() {
        return URI.create("http://127.0.0.1:" + System.getProperty("quarkus.http.port") + "/");
    }

    /** The topics' names. */
    public Topics topics() {
        return Topics.DEFAULT;
    }

    /** What is judged under. */
    public Taxonomy taxonomy() {
        return started.taxonomy();
    }

    /** Whether the user asked to stop. */
    public boolean stopping() {
        return started.stop().requested();
    }

    /** Waits for the user to stop, at most so long. @return whether it happened */
    public boolean awaitStop(long millis) throws InterruptedException {
        return started.stop().await(millis);
    }

    /** Waits until the user asks to stop. */
    public void awaitStop() throws InterruptedException {
        started.stop().await();
    }
}
