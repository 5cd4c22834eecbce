package io.rationale.core.discovery;

import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One discovery, as a state machine: it says which calls it wants made, takes the answers in any order, and ends with a
 * result or a reason why there is none. It makes no call itself and knows no clock. The same answers to the same steps
 * give the same result. Thread safe.
 */
public final class Discovery {
    private final Plan plan;
    private final List<StepSummary> made = new ArrayList<>();
    private Phase phase;
    private Usage usage = Usage.NONE;

    /**
     * Begins.
     *
     * @throws IllegalArgumentException with a sentence, when there are no notes or too many for the calls that are
     *                                  allowed
     */
    public Discovery(NoteSample sample, DiscoverySettings settings) {
        if (sample.notes().isEmpty()) {
            throw new IllegalArgumentException("There are no notes to find patterns in.");
        }
        this.plan = new Plan(sample, settings);
        this.phase = new Naming(plan);
        int foreseen = plan.steps.count() + phase.callsAfter();
        if (foreseen > settings.maxCalls()) {
            throw new IllegalArgumentException(sample.notes().size() + " notes in " + settings.runs()
                    + " runs take " + foreseen + " calls or more, and " + settings.maxCalls()
                    + " are allowed: take fewer notes or fewer runs.");
        }
    }

    /** Calls to be made now; each is handed out once. */
    public synchronized List<Step> steps() {
        return plan.steps.handOut();
    }

    /**
     * Takes an answer. Further steps may be there afterwards.
     *
     * @param exchangeId under which request and raw answer are kept
     * @throws IllegalStateException when the step is not open
     */
    public synchronized void answered(Step step, String exchangeId, ModelOutcome outcome, Usage spent) {
        if (!plan.steps.close(step)) {
            throw new IllegalStateException("step " + step.number() + " is not open");
        }
        String result = phase.answered(step, outcome);
        usage = usage.plus(spent);
        made.add(new StepSummary(
                step.number(), step.kind(), step.run(), step.notes().size(), exchangeId, outcome.name(), result));
        while (plan.steps.allClosed() && !hasEnded()) {
            phase = phase.next();
        }
    }

    /** Whether no call is to be made any more. */
    public synchronized boolean hasEnded() {
        return phase instanceof Ended;
    }

    /** How far it is. */
    public synchronized DiscoveryProgress progress() {
        int planned = plan.steps.count() + phase.callsAfter();
        return new DiscoveryProgress(phase.name(), made.size(), planned, Math.round(usage.total()), usage);
    }

    /** What it found; empty until it has ended, and when it failed. */
    public synchronized Optional<DiscoveryResult> result() {
        return phase instanceof Ended ended ? ended.findings().map(this::result) : Optional.empty();
    }

    /** Why it found nothing, in a sentence. */
    public synchronized Optional<String> failure() {
        return phase instanceof Ended ended ? ended.failure() : Optional.empty();
    }

    private DiscoveryResult result(Findings findings) {
        List<StepSummary> steps = made.stream()
                .sorted(Comparator.comparingInt(StepSummary::number))
                .toList();
        return new DiscoveryResult(
                findings.taxonomy(),
                findings.categories(),
                findings.agreement(),
                plan.settings.runs(),
                plan.sample.population(),
                plan.sample.drawn(),
                plan.sample.notes().size(),
                findings.effective(),
                findings.undecided(),
                plan.dropped,
                steps,
                usage);
    }
}
