package io.rationale.local.node;

import io.quarkus.runtime.QuarkusApplication;
import io.rationale.classifier.ClassifierWiring;
import io.rationale.classifier.r1.R1Availability;
import io.rationale.classifier.r1.R1Cluster;
import io.rationale.console.report.ReportWriter;
import io.rationale.console.statistics.CategoryTables;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.core.redaction.Redactor;
import jakarta.inject.Inject;

/** Runs a command's task inside the started services. Quarkus makes it, so its task comes by a static field. */
public final class NodeApplication implements QuarkusApplication {
    private static volatile LocalNode.Started started;

    @Inject
    ClassifierWiring classifier;

    @Inject
    R1Cluster cluster;

    @Inject
    R1Availability availability;

    @Inject
    CategoryTables tables;

    @Inject
    StatisticsProgress progress;

    @Inject
    ReportWriter reports;

    @Inject
    Redactor redactor;

    static void next(LocalNode.Started node) {
        started = node;
    }

    @Override
    public int run(String... args) throws Exception {
        LocalNode.Started node = started;
        return node.task()
                .run(new RunningNode(
                        node, classifier::failure, cluster, availability, tables, progress, reports, redactor));
    }
}
