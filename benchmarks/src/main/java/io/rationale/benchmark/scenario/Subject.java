package io.rationale.benchmark.scenario;

import io.rationale.benchmark.plain.PlainLoop;
import io.rationale.benchmark.stack.ChildProcess;
import io.rationale.benchmark.stack.ClassifierProcess;
import io.rationale.benchmark.stack.Processes;
import io.rationale.core.topic.Topics;
import java.util.List;

/**
 * One of those that are measured side by side: notes of topics of its own become decisions.
 *
 * @param name    as tables show it
 * @param topics  of its own
 * @param process that does it
 */
record Subject(String name, Topics topics, ChildProcess process) {
    /** The classifier as it is packaged. */
    static Subject classifier(Processes processes, String name, ClassifierProcess.Settings settings) {
        ClassifierProcess classifier = ClassifierProcess.start(processes, "classifier", settings);
        classifier.awaitLive();
        return new Subject(
                name, new Topics(settings.environment().get("RATIONALE_TOPIC_PREFIX")), classifier.process());
    }

    /** The loop that one would write by hand. */
    static Subject plain(Processes processes, PlainLoop.Options options, List<String> jvmOptions) {
        return plain(processes, "plain loop", options, jvmOptions);
    }

    /** The same, where there are several. */
    static Subject plain(Processes processes, String name, PlainLoop.Options options, List<String> jvmOptions) {
        return new Subject(name, new Topics(options.topicPrefix()), PlainLoop.start(processes, options, jvmOptions));
    }
}
