package io.rationale.console.status;

import io.rationale.console.kafka.TopicTable;
import io.rationale.core.status.ClassifierStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the classifiers say of themselves. Thread safe. */
public final class Classifiers {
    /** Six times the interval in which they speak: also clocks may differ a little. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Supplier<Collection<ClassifierStatus>> statuses;

    /** No R1 endpoint has taken calls since then, and what stands in the way. */
    public record Outage(Instant since, String reason) {}

    /** @param table of the status topic */
    public Classifiers(TopicTable<ClassifierStatus> table) {
        this(() -> table.all().values());
    }

    /** @param statuses as they are now */
    public Classifiers(Supplier<Collection<ClassifierStatus>> statuses) {
        this.statuses = statuses;
    }

    /** Their latest words, by instance; those that have been silent for a day are forgotten by Kafka. */
    public List<ClassifierStatus> all() {
        return statuses.get().stream()
                .sorted(Comparator.comparing(ClassifierStatus::instance))
                .toList();
    }

    /** Whether it spoke lately. */
    public static boolean isAlive(ClassifierStatus status, Instant now) {
        return Duration.between(status.at(), now).compareTo(SILENCE) < 0;
    }

    /**
     * Why no R1 endpoint of any classifier takes calls, while that is so. Without any classifier that ever spoke, or
     * after all have said goodbye, nothing is known and nothing said.
     */
    public Optional<Outage> outage(Instant now) {
        List<ClassifierStatus> known = all();
        List<ClassifierStatus> alive =
                known.stream().filter(status -> isAlive(status, now)).toList();
        if (alive.stream().anyMatch(status -> status.outage() == null)) {
            return Optional.empty();
        }
        return alive.isEmpty()
                ? known.stream()
                        .max(Comparator.comparing(ClassifierStatus::at))
                        .map(last -> new Outage(last.at(), "no classifier has reported since."))
                : alive.stream()
                        .map(ClassifierStatus::outage)
                        .max(Comparator.comparing(ClassifierStatus.Outage::since))
                        .map(outage -> new Outage(outage.since(), outage.reason()));
    }
}
