package io.rationale.console.status;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/** How this console is: what it knows of itself, and what Kafka said last. Answers at once. Thread safe. */
public final class Vitals {
    private final String version;
    private final TaxonomyRef taxonomy;
    private final Instant startedAt;
    private final KafkaWatch kafka;
    private final ToLongFunction<TopicPartition> indexed;
    private final Supplier<Optional<Long>> deadLetters;
    private final IntSupplier listeners;

    /**
     * This console. Offsets are those of the audit, over all its partitions; they count what Kafka writes there by itself,
     * such as the ends of transactions, too. Those that are not known yet are null.
     *
     * @param version       of the build
     * @param startedAt     since when it runs
     * @param taxonomy      the version whose labels are shown
     * @param auditRecords  offsets of the audit
     * @param counted       of these, those that are counted, by whichever console
     * @param countLag      the others
     * @param indexed       of these, those that can be searched here
     * @param indexLag      the others
     * @param listeners     of the live events
     * @param heapUsedBytes of the JVM
     * @param heapMaxBytes  of the JVM
     */
    public record Console(
            String version,
            Instant startedAt,
            TaxonomyRef taxonomy,
            Long auditRecords,
            Long counted,
            Long countLag,
            Long indexed,
            Long indexLag,
            int listeners,
            long heapUsedBytes,
            long heapMaxBytes) {}

    /**
     * What the topics hold. Those that are not known yet are null.
     *
     * @param notesLag    notes that classifiers who live have not finished
     * @param deadLetters all of them
     * @param notes       offsets of the notes
     * @param audit       offsets of the audit
     */
    public record TopicFigures(long notesLag, Long deadLetters, Long notes, Long audit) {}

    /**
     * @param indexed     the offset after the last one that can be searched, by partition of the audit
     * @param deadLetters how many there are, as far as they are counted
     * @param listeners   of the live events
     */
    public Vitals(
            String version,
            TaxonomyRef taxonomy,
            Instant startedAt,
            KafkaWatch kafka,
            ToLongFunction<TopicPartition> indexed,
            Supplier<Optional<Long>> deadLetters,
            IntSupplier listeners) {
        this.version = version;
        this.taxonomy = taxonomy;
        this.startedAt = startedAt;
        this.kafka = kafka;
        this.indexed = indexed;
        this.deadLetters = deadLetters;
        this.listeners = listeners;
    }

    /** This console now. */
    public Console console() {
        Optional<KafkaWatch.Figures> said = kafka.figures();
        Optional<Long> indexLag = said.map(figures -> indexLag(figures.auditEnds()));
        Runtime runtime = Runtime.getRuntime();
        return new Console(
                version,
                startedAt,
                taxonomy,
                said.map(KafkaWatch.Figures::audit).orElse(null),
                said.map(figures -> figures.audit() - figures.countLag()).orElse(null),
                said.map(KafkaWatch.Figures::countLag).orElse(null),
                said.map(figures -> figures.audit() - indexLag.orElse(0L)).orElse(null),
                indexLag.orElse(null),
                listeners.getAsInt(),
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory());
    }

    private long indexLag(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - indexed.applyAsLong(end.getKey())))
                .sum();
    }

    /** @param notesLag as the classifiers say */
    public TopicFigures topics(long notesLag) {
        Optional<KafkaWatch.Figures> said = kafka.figures();
        return new TopicFigures(
                notesLag,
                deadLetters.get().orElse(null),
                said.map(KafkaWatch.Figures::notes).orElse(null),
                said.map(KafkaWatch.Figures::audit).orElse(null));
    }

    /** Whether Kafka answers. */
    public KafkaWatch.Reachability kafka() {
        return kafka.reachability();
    }
}
