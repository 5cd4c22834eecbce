package io.rationale.classifier.classify;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.r1.cluster.Reasons;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.ExchangeDraft;
import io.rationale.core.audit.ExchangeJson;
import io.rationale.core.injection.Injection;
import io.rationale.core.injection.InjectionScan;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.AnswerSchema;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.prompt.PromptRoom;
import io.rationale.core.prompt.TaxonomyLevels;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.verdict.AnswerReader;
import io.rationale.core.verdict.Provenance;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * One call about a batch: prompt, answer, checks, and what is to become of each of its notes. Notes that an answer leaves
 * out are to be asked about again alone; a batch that fails as a whole is halved until the note at fault stands alone
 * and, after its attempts or its deadline, is given up. Thread safe.
 *
 * <p>A taxonomy that one prompt has no room for is asked about level by level: then there is a classifier for the top and
 * one below each group, and a note goes on from one to the next until R1 chooses a label.
 */
public final class BatchClassifier {
    private static final Logger LOG = Logger.getLogger(BatchClassifier.class);
    private static final String NO_ENTRY = "R1's answer had no entry for the note with a known category";

    private final Taxonomy taxonomy;
    private final ReasoningModel model;
    private final PromptBuilder prompts;
    private final AnswerSchema schemas;
    private final AnswerReader answers;
    private final InjectionScan scan;
    private final ExchangeJson exchanges = new ExchangeJson();
    private final Voting voting;
    private final TokenBudget budget;
    private final NoteTraces traces;
    private final int maxAttempts;
    private final Duration deadline;
    private final Clock clock;
    /** By the groups that may come out of this one. */
    private final Map<String, BatchClassifier> below = new HashMap<>();

    private BatchClassifier root = this;

    /**
     * @param maxAttempts calls that ask about a note alone before it is given up
     * @param deadline    time that calls about a note may take, one after the other, before it is given up
     */
    BatchClassifier(
            Taxonomy taxonomy,
            ReasoningModel model,
            Voting voting,
            TokenBudget budget,
            NoteTraces traces,
            int maxAttempts,
            Duration deadline,
            Clock clock) {
        this.taxonomy = taxonomy;
        this.model = model;
        this.prompts = new PromptBuilder(taxonomy);
        this.schemas = new AnswerSchema(taxonomy);
        this.answers = new AnswerReader(taxonomy);
        this.scan = new InjectionScan(taxonomy);
        this.voting = voting;
        this.budget = budget;
        this.traces = traces;
        this.maxAttempts = maxAttempts;
        this.deadline = deadline;
        this.clock = clock;
    }

    /**
     * As configured.
     *
     * @param room for the categories in a prompt
     * @return the classifier that notes begin with
     */
    public static BatchClassifier of(
            ClassifierConfig config,
            Taxonomy taxonomy,
            PromptRoom room,
            ReasoningModel model,
            TokenBudget budget,
            NoteTraces traces,
            RandomGenerator random,
            Clock clock) {
        if (!config.note().deadline().isPositive()) {
            throw new IllegalArgumentException(
                    "rationale.note.deadline is " + config.note().deadline() + "; make it longer than nothing");
        }
        Voting voting = new Voting(config.votes().max(), config.votes().share(), budget, random);
        return levels(
                TaxonomyLevels.of(taxonomy, room),
                level -> new BatchClassifier(
                        level,
                        model,
                        voting,
                        budget,
                        traces,
                        config.r1().maxAttempts(),
                        config.note().deadline(),
                        clock));
    }

    /** A classifier for each level. @return that of the top */
    static BatchClassifier levels(TaxonomyLevels levels, Function<Taxonomy, BatchClassifier> making) {
        BatchClassifier root = making.apply(levels.top());
        Map<String, BatchClassifier> groups = new HashMap<>();
        levels.groups().forEach((group, level) -> groups.put(group, making.apply(level)));
        root.join(root, groups);
        groups.values().forEach(each -> each.join(root, groups));
        return root;
    }

    private void join(BatchClassifier top, Map<String, BatchClassifier> groups) {
        root = top;
        groups.forEach((group, classifier) -> {
            if (taxonomy.category(group).isPresent()) {
                below.put(group, classifier);
            }
        });
    }

    /** Who judges a note further for which that category came out; nobody when it is a label. */
    Optional<BatchClassifier> below(String category) {
        return Optional.ofNullable(below.get(category));
    }

    /** The classifier that all notes of this version begin with. */
    BatchClassifier root() {
        return root;
    }

    /** Whether notes are asked about level by level. */
    public boolean hasLevels() {
        return !root.below.isEmpty();
    }

    /** The version that it judges under, as far as this level shows it. */
    public Taxonomy taxonomy() {
        return taxonomy;
    }

    /** What the note holds that is addressed to R1. */
    Injection injection(Note note) {
        return scan.of(note);
    }

    /** Estimated tokens of what every prompt begins with. */
    public int instructionTokens() {
        return prompts.prefixTokens();
    }

    /**
     * Asks once.
     *
     * @throws InterruptedException when stopped; the notes stay as they were
     */
    CallResult ask(List<PendingNote> batch) throws InterruptedException {
        CallResult result = new CallResult();
        try {
            ask(batch, result);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "A fault of ours; giving up notes=%d", batch.size());
            result = new CallResult();
            for (PendingNote note : batch) {
                result.decide(
                        note,
                        givenUp(
                                note,
                                "internal-error",
                                "A fault of the classifier: " + e.getClass().getSimpleName() + "; its log says more."));
            }
        }
        return result;
    }

    /** What the votes that a note has got so far say. */
    Decision decideByVotes(PendingNote note) {
        return voting.decide(note, taxonomy.ref(), clock.instant());
    }

    private void ask(List<PendingNote> batch, CallResult result) throws InterruptedException {
        List<Note> notes = batch.stream().map(each -> each.task().note()).toList();
        String exchangeId = UUID.randomUUID().toString();
        ModelReply reply = call(batch, exchangeId);
        for (ModelReply failed : reply.earlier()) {
            ExchangeDraft draft = draft(UUID.randomUUID().toString(), notes, failed);
            batch.forEach(note -> note.failedBefore(draft, failed.usage().share(batch.size()), failed.total()));
        }
        ExchangeDraft exchange = draft(exchangeId, notes, reply);
        List<Optional<AnswerReader.Judgement>> judgements = read(reply.outcome(), notes, batch);

        String batchId = UUID.randomUUID().toString();
        List<PendingNote> missing = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            PendingNote note = batch.get(i);
            account(note, reply, batch.size());
            if (judgements.get(i).isPresent()) {
                note.voted(new Vote(judgements.get(i).get(), exchange, provenance(reply, batchId, batch.size(), i)));
                askMoreOrDecide(note, result);
            } else {
                note.failedIn(exchange);
                missing.add(note);
            }
        }
        askAgain(missing, batch.size(), reply.outcome(), result);
    }

    private ModelReply call(List<PendingNote> batch, String exchangeId) throws InterruptedException {
        ModelRequest request = new ModelRequest(
                exchangeId,
                prompts.buildOf(batch.stream().map(PendingNote::content).toList()),
                schemas.forNotes(batch.size()),
                batch.size(),
                timeLeft(batch));
        Span span = traces.batch(batch.stream().map(note -> note.task().span()).toList());
        Scope current = span.makeCurrent();
        try {
            ModelReply reply = model.call(request);
            span.setAttribute("rationale.r1.outcome", reply.outcome().name());
            return reply;
        } finally {
            current.close();
            span.end();
        }
    }

    private void account(PendingNote note, ModelReply reply, int size) {
        Usage share = reply.usage().share(size);
        if (note.isExtra()) {
            budget.settle(note.takeReserved(), share.computed());
        } else {
            budget.earn(share.computed());
        }
        note.took(share, reply.attempts(), size == 1, reply.total());
    }

    private void askMoreOrDecide(PendingNote note, CallResult result) {
        if (!isOverdue(note) && voting.wantsMore(note)) {
            result.doubted().add(note);
        } else {
            result.decide(note, decideByVotes(note));
        }
    }

    /** An answer that brings out a fault of ours is none: halving finds the note that it is about. */
    private List<Optional<AnswerReader.Judgement>> read(
            ModelOutcome outcome, List<Note> notes, List<PendingNote> batch) {
        try {
            return answers.read(outcome, notes, position -> batch.get(position).isSuspectedBy(this));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "An answer could not be read; notes=%d", notes.size());
            return Collections.nCopies(notes.size(), Optional.empty());
        }
    }

    private void askAgain(List<PendingNote> missing, int batchSize, ModelOutcome outcome, CallResult result) {
        List<PendingNote> further = new ArrayList<>();
        for (PendingNote note : missing) {
            boolean alone = batchSize == 1;
            if (!note.votes().isEmpty()) {
                askMoreInVain(note, result);
            } else if (isOverdue(note)) {
                result.decide(note, givenUp(note, "deadline-exceeded", overdue(note, outcome)));
            } else if (alone && (note.callsAlone() >= maxAttempts || isHopeless(outcome))) {
                result.decide(note, givenUp(note, outcome));
            } else {
                further.add(note);
            }
        }
        boolean wholeBatchFailed = batchSize > 1 && further.size() == batchSize;
        if (wholeBatchFailed) {
            int half = further.size() / 2;
            result.again().add(List.copyOf(further.subList(0, half)));
            result.again().add(List.copyOf(further.subList(half, further.size())));
        } else {
            further.forEach(note -> result.again().add(List.of(note)));
        }
    }

    /** A vote that did not come is no reason to give up a note that has others. */
    private void askMoreInVain(PendingNote note, CallResult result) {
        if (note.callsInVain() < maxAttempts) {
            askMoreOrDecide(note, result);
        } else {
            result.decide(note, decideByVotes(note));
        }
    }

    private Duration timeLeft(List<PendingNote> batch) {
        Duration longest = batch.stream()
                .map(PendingNote::asked)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return deadline.minus(longest);
    }

    private boolean isOverdue(PendingNote note) {
        return note.asked().compareTo(deadline) >= 0;
    }

    /** The same prompt would fail in the same way. */
    private static boolean isHopeless(ModelOutcome outcome) {
        return outcome instanceof ModelOutcome.ContextExceeded || outcome instanceof ModelOutcome.Refused;
    }

    private Decision givenUp(PendingNote note, ModelOutcome outcome) {
        boolean answered = outcome instanceof ModelOutcome.Complete || outcome instanceof ModelOutcome.EmptyThought;
        return givenUp(note, answered ? "no-acceptable-answer" : outcome.name(), cause(outcome, note));
    }

    private Decision givenUp(PendingNote note, String reason, String cause) {
        return new Decision.GivenUp(
                note.task(),
                taxonomy.ref(),
                reason,
                cause,
                note.calls(),
                note.usage(),
                note.failures(),
                clock.instant());
    }

    private String overdue(PendingNote note, ModelOutcome outcome) {
        return "R1 was asked for " + note.asked().toSeconds() + " s and the deadline is " + deadline.toSeconds()
                + " s; at last: " + cause(outcome, note);
    }

    private static String cause(ModelOutcome outcome, PendingNote note) {
        String what =
                switch (outcome) {
                    case ModelOutcome.ContextExceeded exceeded ->
                        "The prompt does not fit the model's context: " + exceeded.message();
                    case ModelOutcome.Refused refused ->
                        "R1 refused the request with HTTP " + refused.status() + ": " + refused.message();
                    case ModelOutcome.TimedOut timedOut -> "R1 did not end its answer in time";
                    case ModelOutcome.Loop loop -> "R1 repeated itself without end";
                    case ModelOutcome.ErrorInStream error -> "R1 broke its answer off: " + error.message();
                    case ModelOutcome.Malformed malformed -> "The response was no completion: " + malformed.message();
                    case ModelOutcome.TruncatedInThought t -> "The token limit came before the thought ended";
                    case ModelOutcome.TruncatedInAnswer t -> "The token limit came within the answer";
                    case ModelOutcome.StoppedInThought s -> "R1 stopped within its thought, without an answer";
                    case ModelOutcome.Aborted aborted -> "R1 broke its answer off";
                    case ModelOutcome.Overloaded overloaded -> "R1 gave no answer: " + Reasons.of(overloaded);
                    case ModelOutcome.Unreachable unreachable -> "R1 gave no answer: " + Reasons.of(unreachable);
                    case ModelOutcome.Complete complete -> NO_ENTRY;
                    case ModelOutcome.EmptyThought emptyThought -> NO_ENTRY;
                };
        return what + " (" + note.calls() + " calls, " + note.callsAlone() + " of them about this note alone).";
    }

    private static Provenance provenance(ModelReply reply, String batchId, int size, int position) {
        return new Provenance(
                reply.model(),
                reply.server(),
                reply.endpoint(),
                PromptBuilder.VERSION,
                reply.sampling(),
                batchId,
                size,
                position,
                0,
                null);
    }

    private ExchangeDraft draft(String id, List<Note> notes, ModelReply reply) {
        byte[] json = exchanges.write(id, notes.stream().map(Note::id).toList(), reply);
        return new ExchangeDraft(id, reply.startedAt(), notes.size(), json);
    }
}
