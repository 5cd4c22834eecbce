package io.rationale.classifier.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.rationale.classifier.work.Decision;
import io.rationale.core.injection.Injection;
import io.rationale.core.r1.Usage;
import io.rationale.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** What is measured of the loop from notes to audit; {@code docs/metrics.md} names each meter. Thread safe. */
public final class LoopMetrics {
    private final MeterRegistry registry;
    private final Counter takenIn;
    private final Counter skipped;
    private final Counter classified;
    private final Counter unclassifiable;
    private final Counter rejected;
    private final Counter cancelled;
    private final Counter suspected;
    private final Counter controlTokens;
    private final Counter shared;
    private final Counter secondTries;
    private final Counter callsLetGo;
    private final Counter notesLetGo;
    private final Counter committed;
    private final Counter failed;
    private final DistributionSummary batchNotes;
    private final Timer batchWait;
    private final DistributionSummary transactionDecisions;
    private final Timer transactionDuration;
    private final Timer noteDuration;
    private final DistributionSummary promptTokens;
    private final DistributionSummary cachedTokens;
    private final DistributionSummary reasoningTokens;
    private final DistributionSummary answerTokens;
    private final DistributionSummary votes;
    private final DistributionSummary agreement;
    private final List<PartitionGauge> partitionGauges;
    private final Map<TopicPartition, PartitionState> latest = new ConcurrentHashMap<>();
    private Set<TopicPartition> shown = Set.of();

    /**
     * One partition of the notes topic as it is now.
     *
     * @param partition      which
     * @param lag            records that are not finished, from the watermark to the end
     * @param unfinished     notes taken in and not finished
     * @param ledgerSpan     offsets from the watermark to the last one taken in
     * @param metadataLength characters of the ledger in the last commit
     * @param watermarkAge   since when the watermark has stood where it is while something was unfinished
     * @param isPaused       whether its intake is paused
     * @param isLedgerFull   whether that is because the ledger has no room
     */
    public record PartitionState(
            TopicPartition partition,
            long lag,
            long unfinished,
            long ledgerSpan,
            int metadataLength,
            Duration watermarkAge,
            boolean isPaused,
            boolean isLedgerFull) {}

    private record PartitionGauge(MultiGauge gauge, ToDoubleFunction<PartitionState> value) {}

    public LoopMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.takenIn = counter("rationale.notes.taken.in", "Records taken in from the notes topic");
        this.skipped = counter("rationale.notes.skipped", "Records skipped because the ledger has them as finished");
        this.classified = decided("classified");
        this.unclassifiable = decided("unclassifiable");
        this.rejected = decided("rejected");
        this.cancelled = decided("cancelled");
        this.shared = counter("rationale.notes.shared", "Notes that share the verdict of another of the same content");
        this.suspected =
                counter("rationale.notes.suspected", "Notes that address the model, each in a call of its own");
        this.controlTokens = counter(
                "rationale.control.tokens", "Control tokens and hidden characters of notes that were neutralised");
        this.secondTries = counter("rationale.second.tries", "Notes asked about alone beside a slow batch");
        this.callsLetGo =
                counter("rationale.let.go.calls", "Calls cut off when partitions left or the service stopped");
        this.notesLetGo = counter("rationale.let.go.notes", "Notes in them, which the next owner asks about again");
        this.committed = transactions("committed");
        this.failed = transactions("failed");
        this.batchNotes = summary("rationale.batch.notes", "Notes in a call");
        this.batchWait = timer("rationale.batch.wait", "From taking in to the call, for the first note of a batch");
        this.transactionDecisions = summary("rationale.transaction.decisions", "Decisions in a transaction");
        this.transactionDuration = timer("rationale.transaction.duration", "From its begin to its commit");
        this.noteDuration = timer("rationale.note.duration", "From the record's timestamp to the committed decision");
        this.promptTokens = tokens("prompt");
        this.cachedTokens = tokens("cached");
        this.reasoningTokens = tokens("reasoning");
        this.answerTokens = tokens("answer");
        this.votes = summary("rationale.votes", "Votes of a verdict");
        this.agreement = summary("rationale.agreement", "Agreement of a verdict");
        this.partitionGauges = List.of(
                gauge("rationale.lag", "Records that are not finished", PartitionState::lag),
                gauge("rationale.ledger.unfinished", "Notes in work", PartitionState::unfinished),
                gauge("rationale.ledger.span", "Offsets beyond the watermark", PartitionState::ledgerSpan),
                gauge("rationale.ledger.metadata", "Characters of the ledger", PartitionState::metadataLength),
                gauge("rationale.ledger.full", "1 while the ledger has no room", state -> state.isLedgerFull() ? 1 : 0),
                gauge(
                        "rationale.watermark.age",
                        "Seconds that the watermark has stood",
                        state -> state.watermarkAge().toMillis() / 1000.0),
                gauge("rationale.intake.paused", "1 while intake is paused", state -> state.isPaused() ? 1 : 0));
    }

    /** Personal data was taken out of a note or dead letter. */
    public void redacted(String kind, int count) {
        Counter.builder("rationale.redactions")
                .description("Personal data taken out of notes and dead letters")
                .tag("kind", kind)
                .register(registry)
                .increment(count);
    }

    /** Gauges of what is in flight. */
    public void watch(
            Supplier<Number> notes, Supplier<Number> bytes, Supplier<Number> waiting, Supplier<Number> running) {
        watch("rationale.in.flight.notes", "Notes that were read and are not written yet", notes);
        watch("rationale.in.flight.bytes", "Their bytes", bytes);
        watch("rationale.waiting.notes", "Of these, notes that wait for a call", waiting);
        watch("rationale.running.calls", "Calls in progress", running);
    }

    /** Gauge of the tokens that votes and second tries may still take. */
    public void watchBudget(Supplier<Number> left) {
        watch("rationale.extra.tokens.left", "Tokens that votes and second tries may still take", left);
    }

    /** A gauge over an object would hold it weakly and turn to NaN when it is collected; one over a supplier holds it. */
    private void watch(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** A record was taken in. */
    public void takenIn() {
        takenIn.increment();
    }

    /** A record was skipped: a predecessor has finished it. */
    public void skipped() {
        skipped.increment();
    }

    /** A note was looked through for what is addressed to the model. */
    public void read(Injection injection) {
        if (injection.isSuspected()) {
            suspected.increment();
        }
        controlTokens.increment(injection.controlTokens() + injection.hidden());
    }

    /** A note shares another's decision. */
    public void shared() {
        shared.increment();
    }

    /** A note of a slow batch is asked about alone, too. */
    public void secondTry() {
        secondTries.increment();
    }

    /** A call begins. */
    public void batch(int notes, Duration wait) {
        batchNotes.record(notes);
        batchWait.record(wait);
    }

    /** Calls were cut off. */
    public void letGo(int calls, int notes) {
        callsLetGo.increment(calls);
        notesLetGo.increment(notes);
    }

    /** A transaction failed and is tried again. */
    public void transactionFailed() {
        failed.increment();
    }

    /** A transaction is committed. */
    public void transactionCommitted(Collection<Decision> decisions, Duration duration, Instant now) {
        committed.increment();
        transactionDecisions.record(decisions.size());
        transactionDuration.record(duration);
        decisions.forEach(each -> decided(each, now));
    }

    /** The partitions as they are now. Meters are made anew only when others are assigned: that is no small work. */
    public void show(List<PartitionState> partitions) {
        partitions.forEach(state -> latest.put(state.partition(), state));
        Set<TopicPartition> assigned =
                partitions.stream().map(PartitionState::partition).collect(Collectors.toSet());
        latest.keySet().retainAll(assigned);
        if (!shown.equals(assigned)) {
            shown = assigned;
            partitionGauges.forEach(each -> register(each, assigned));
        }
    }

    private void register(PartitionGauge gauge, Set<TopicPartition> partitions) {
        gauge.gauge()
                .register(
                        partitions.stream()
                                .<MultiGauge.Row<?>>map(partition -> MultiGauge.Row.of(
                                        Tags.of("partition", String.valueOf(partition.partition())),
                                        () -> valueOf(gauge, partition)))
                                .toList(),
                        true);
    }

    private double valueOf(PartitionGauge gauge, TopicPartition partition) {
        PartitionState state = latest.get(partition);
        return state == null ? Double.NaN : gauge.value().applyAsDouble(state);
    }

    private void decided(Decision decision, Instant now) {
        switch (decision) {
            case Decision.Judged judged -> {
                classified.increment();
                verdict(judged.verdict());
                noteDuration.record(Duration.between(judged.task().timestamp(), now));
            }
            case Decision.GivenUp givenUp -> {
                unclassifiable.increment();
                noteDuration.record(Duration.between(givenUp.task().timestamp(), now));
            }
            case Decision.Rejected ignored -> rejected.increment();
            case Decision.Skipped ignored -> cancelled.increment();
        }
    }

    private void verdict(Verdict verdict) {
        Usage usage = verdict.usage();
        promptTokens.record(usage.prompt());
        cachedTokens.record(usage.cached());
        reasoningTokens.record(usage.reasoning());
        answerTokens.record(usage.answer());
        votes.record(
                verdict.votes().values().stream().mapToInt(Integer::intValue).sum());
        agreement.record(verdict.agreement());
    }

    private Counter decided(String outcome) {
        return Counter.builder("rationale.notes.decided")
                .tag("outcome", outcome)
                .description("Decisions that are committed")
                .register(registry);
    }

    private Counter transactions(String outcome) {
        return Counter.builder("rationale.transactions")
                .tag("outcome", outcome)
                .description("Transactions")
                .register(registry);
    }

    private DistributionSummary tokens(String kind) {
        return DistributionSummary.builder("rationale.note.tokens")
                .tag("kind", kind)
                .description("A note's share of the tokens of all its calls")
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private DistributionSummary summary(String name, String description) {
        return DistributionSummary.builder(name).description(description).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).register(registry);
    }

    private PartitionGauge gauge(String name, String description, ToDoubleFunction<PartitionState> value) {
        return new PartitionGauge(
                MultiGauge.builder(name).description(description).register(registry), value);
    }
}
