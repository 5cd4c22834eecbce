package io.rationale.classifier.intake;

import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.classify.BatchClassifier;
import io.rationale.classifier.classify.TokenBudget;
import io.rationale.classifier.r1.R1Capacity;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.core.batch.BatchAccumulator;
import io.rationale.core.prompt.PromptRoom;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import io.rationale.topics.TopicSetup;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;

/** What the loop over new notes and the one over notes that are judged again have in common. */
final class LoopParts {
    private static final int LEAST_IN_FLIGHT = 1_000;

    private LoopParts() {}

    /** Who judges under a version, for the model's context as it is known now. */
    static Function<Taxonomy, BatchClassifier> classifiers(
            ClassifierConfig config,
            R1Capacity capacity,
            ReasoningModel model,
            TokenBudget budget,
            NoteTraces traces,
            RandomGenerator random,
            Clock clock) {
        return version -> BatchClassifier.of(
                config, version, PromptRoom.ofContext(capacity.contextTokens()), model, budget, traces, random, clock);
    }

    /** Twice as much as fits into the slots waits for them, so that none is idle; more would only age in memory. */
    static long maxNotes(ClassifierConfig config, R1Capacity capacity) {
        int perCall = config.batch().maxNotes().orElse(capacity.notesPerPrompt());
        return config.inFlight().maxNotes().orElse(Math.max(LEAST_IN_FLIGHT, 3 * perCall * capacity.calls()));
    }

    /** Prompts take at most half of the context: the rest is for thought and answer. */
    static BatchAccumulator.Limits limits(ClassifierConfig.Batch config, R1Capacity capacity, int instructionTokens) {
        int room = Math.max(1, capacity.contextTokens() / 2 - instructionTokens);
        return new BatchAccumulator.Limits(
                config.maxNotes().orElse(capacity.notesPerPrompt()),
                Math.min(config.maxTokens(), room),
                config.linger());
    }

    static TopicSetup topics(ClassifierConfig config, Map<String, Object> kafka) {
        List<Topics.Spec> specs = config.topics().create()
                ? new Topics(config.topicPrefix()).specs(config.topics().partitions())
                : List.of();
        return new TopicSetup(() -> Admin.create(kafka), specs);
    }

    static Map<String, Object> consumer(String group, Map<String, Object> kafka) {
        Map<String, Object> consumer = new HashMap<>(kafka);
        consumer.put("group.id", group);
        consumer.putIfAbsent("group.protocol", "consumer");
        consumer.put("enable.auto.commit", "false");
        consumer.put("auto.offset.reset", "earliest");
        consumer.put("isolation.level", "read_committed");
        consumer.putIfAbsent("max.poll.records", "200");
        consumer.putIfAbsent("fetch.max.bytes", String.valueOf(8 * 1024 * 1024));
        return consumer;
    }
}
