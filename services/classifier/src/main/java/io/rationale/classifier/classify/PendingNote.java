package io.rationale.classifier.classify;

import io.rationale.classifier.work.ExchangeDraft;
import io.rationale.classifier.work.NoteTask;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.r1.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A note that is not decided yet, with the calls that it took part in and the votes that it got. It is in one call or one
 * queue at a time, so that one thread changes it at a time; who cuts the call off may settle it by the votes so far.
 *
 * <p>From its first call on it stays with the classifier, and thereby the taxonomy version, that it was asked about
 * under: votes, halves and retries never mix versions.
 */
final class PendingNote {
    private final NoteTask task;
    private final Instant since;
    private final String content;
    private final int tokens;
    private final boolean isSuspected;
    private final BatchClassifier scannedBy;
    private final boolean isSecondTry;
    private final AtomicBoolean settled;
    private final List<ExchangeDraft> failures = new CopyOnWriteArrayList<>();
    private final List<Vote> votes = new CopyOnWriteArrayList<>();
    private volatile BatchClassifier classifier;
    private boolean isAsked;
    private Usage usage = Usage.NONE;
    private Duration asked = Duration.ZERO;
    private double reservedTokens;
    private int calls;
    private int callsAlone;
    private int callsInVain;

    /**
     * @param since      when it was taken in
     * @param classifier who is to judge it, unless that changes before the first call
     */
    PendingNote(NoteTask task, Instant since, BatchClassifier classifier) {
        this(task, since, classifier, classifier.injection(task.note()).isSuspected());
    }

    /** @param isSuspected whether it addresses R1, as that classifier finds, and so must stand alone in a prompt */
    PendingNote(NoteTask task, Instant since, BatchClassifier classifier, boolean isSuspected) {
        this(task, since, classifier, classifier, isSuspected);
    }

    private PendingNote(
            NoteTask task, Instant since, BatchClassifier classifier, BatchClassifier scannedBy, boolean isSuspected) {
        this.classifier = classifier;
        this.scannedBy = scannedBy;
        this.isSuspected = isSuspected;
        this.task = task;
        this.since = since;
        this.content = PromptBuilder.content(task.note());
        this.tokens = PromptBuilder.tokensOf(content);
        this.isSecondTry = false;
        this.settled = new AtomicBoolean();
    }

    private PendingNote(PendingNote first) {
        this.classifier = first.classifier;
        this.isAsked = true;
        this.task = first.task;
        this.since = first.since;
        this.content = first.content;
        this.tokens = first.tokens;
        this.isSuspected = first.isSuspected;
        this.scannedBy = first.scannedBy;
        this.isSecondTry = true;
        this.settled = first.settled;
    }

    /** The same note to be asked about once more while the first call goes on: whichever is answered first counts. */
    PendingNote secondTry() {
        return new PendingNote(this);
    }

    /** Who judges it. */
    BatchClassifier classifier() {
        return classifier;
    }

    /** Another is to judge it. @throws IllegalStateException when it was asked about already */
    void judgeBy(BatchClassifier another) {
        if (isAsked) {
            throw new IllegalStateException("a note stays with the taxonomy version of its first call");
        }
        classifier = another;
    }

    /** Whether a call about it was begun. */
    boolean isAsked() {
        return isAsked;
    }

    /** A call about it begins. */
    void asking() {
        isAsked = true;
    }

    NoteTask task() {
        return task;
    }

    /** When it was taken in. */
    Instant since() {
        return since;
    }

    /** What R1 gets to read of it. */
    String content() {
        return content;
    }

    /** Estimated tokens that it adds to a prompt. */
    int tokens() {
        return tokens;
    }

    /** Whether it addresses R1: then no other note may be in a prompt with it. */
    boolean isSuspected() {
        return isSuspected;
    }

    /** Whether it does so by the labels of that classifier's taxonomy, too. */
    boolean isSuspectedBy(BatchClassifier judge) {
        return isSuspected || judge != scannedBy && judge.injection(task.note()).isSuspected();
    }

    /** Whether a first call about it is still in progress elsewhere. */
    boolean isSecondTry() {
        return isSecondTry;
    }

    /** True for the one who may decide it or let it go. */
    boolean settle() {
        return settled.compareAndSet(false, true);
    }

    /** Whether it is decided or let go. */
    boolean isSettled() {
        return settled.get();
    }

    /** Whether calls may still be started for it. */
    boolean isWanted() {
        return !isSettled() && !task.work().isLeaving();
    }

    /**
     * The same note at the level below: what was spent on it and said of it so far comes with it, and it is judged anew.
     *
     * @param deeper who judges it there
     */
    PendingNote at(BatchClassifier deeper) {
        PendingNote further = new PendingNote(task, since, deeper, scannedBy, isSuspected);
        further.isAsked = true;
        further.failures.addAll(failures);
        votes.stream().map(Vote::exchange).forEach(further.failures::add);
        further.usage = usage;
        further.asked = asked;
        further.calls = calls;
        return further;
    }

    /**
     * Took part in a call.
     *
     * @param share    its share of what the call cost
     * @param attempts calls made for the reply
     * @param alone    whether it was the only note
     * @param time     that the call took
     */
    void took(Usage share, int attempts, boolean alone, Duration time) {
        usage = usage.plus(share);
        calls += attempts;
        callsAlone += alone ? 1 : 0;
        asked = asked.plus(time);
    }

    /** A try that failed before the one that {@link #took} counts. */
    void failedBefore(ExchangeDraft exchange, Usage share, Duration time) {
        failures.add(exchange);
        usage = usage.plus(share);
        asked = asked.plus(time);
    }

    /** The call said nothing acceptable about it. */
    void failedIn(ExchangeDraft exchange) {
        failures.add(exchange);
        callsInVain++;
    }

    void voted(Vote vote) {
        votes.add(vote);
    }

    List<Vote> votes() {
        return votes;
    }

    /** Exchanges that are to be kept beside those of its votes: of calls in vain, and of levels above. */
    List<ExchangeDraft> failures() {
        return failures;
    }

    Usage usage() {
        return usage;
    }

    /** Time that calls about it took, one after the other. */
    Duration asked() {
        return asked;
    }

    int calls() {
        return calls;
    }

    int callsAlone() {
        return callsAlone;
    }

    /** Calls, alone or not, that said nothing acceptable about it. */
    int callsInVain() {
        return callsInVain;
    }

    /** Whether the next call about it is paid from the budget of extra tokens. */
    boolean isExtra() {
        return isSecondTry || !votes.isEmpty();
    }

    /** Tokens that are reserved for the next call about it, handed to the one who gives them back. */
    synchronized double takeReserved() {
        double reserved = reservedTokens;
        reservedTokens = 0;
        return reserved;
    }

    synchronized void reserve(double extraTokens) {
        reservedTokens = extraTokens;
    }
}
