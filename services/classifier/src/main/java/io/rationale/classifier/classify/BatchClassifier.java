package io.rationale.classifier.classify;

import io.rationale.classifier.r1.cluster.Reasons;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.ExchangeDraft;
import io.rationale.classifier.work.NoteTask;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.Exchange;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.AnswerSchema;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.verdict.AnswerReader;
import io.rationale.core.verdict.Provenance;
import io.rationale.core.verdict.Verdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * A batch in, a decision for each of its notes out, as soon as it is known. Hides prompt, calls and parsing: notes that
 * an answer leaves out are asked again alone; a batch that fails as a whole is halved until the note at fault stands
 * alone and, after its attempts, is given up. Thread safe.
 */
public final class BatchClassifier {
    private static final Logger LOG = Logger.getLogger(BatchClassifier.class);
    private static final String NO_ENTRY = "R1's answer had no entry for the note with a known category";

    private final Taxonomy taxonomy;
    private final ReasoningModel model;
    private final PromptBuilder prompts;
    private final AnswerSchema schemas;
    private final AnswerReader answers;
    private final int maxAttempts;
    private final Clock clock;

    /** @param maxAttempts calls that ask about a note alone before it is given up */
    public BatchClassifier(Taxonomy taxonomy, ReasoningModel model, int maxAttempts, Clock clock) {
        this.taxonomy = taxonomy;
        this.model = model;
        this.prompts = new PromptBuilder(taxonomy);
        this.schemas = new AnswerSchema(taxonomy);
        this.answers = new AnswerReader(taxonomy);
        this.maxAttempts = maxAttempts;
        this.clock = clock;
    }

    /** Estimated tokens of what every prompt begins with. */
    public int instructionTokens() {
        return prompts.prefixTokens();
    }

    /**
     * Asks until each note is decided.
     *
     * @param sink gets exactly one decision for each note, on this thread
     * @throws InterruptedException when stopped; the notes without a decision stay undecided
     */
    public void classify(List<NoteTask> batch, Consumer<Decision> sink) throws InterruptedException {
        List<Asked> undecided = new ArrayList<>(batch.stream().map(Asked::new).toList());
        try {
            ask(List.copyOf(undecided), UUID.randomUUID().toString(), decision -> {
                undecided.removeIf(asked -> asked.task().offset() == decision.offset()
                        && asked.task().work() == decision.work());
                sink.accept(decision);
            });
        } catch (RuntimeException e) {
            LOG.errorf(e, "A fault of ours; giving up notes=%d", undecided.size());
            undecided.forEach(asked -> sink.accept(givenUp(
                    asked,
                    "internal-error",
                    "A fault of the classifier: " + e.getClass().getSimpleName() + "; its log says more.")));
        }
    }

    private void ask(List<Asked> batch, String batchId, Consumer<Decision> sink) throws InterruptedException {
        List<Note> notes = batch.stream().map(asked -> asked.task().note()).toList();
        String exchangeId = UUID.randomUUID().toString();
        ModelReply reply = model.call(
                new ModelRequest(exchangeId, prompts.build(notes), schemas.forNotes(notes.size()), notes.size()));
        for (ModelReply failed : reply.earlier()) {
            ExchangeDraft draft = new ExchangeDraft(exchange(UUID.randomUUID().toString(), notes, failed));
            batch.forEach(asked -> asked.failedIn(draft, failed.usage().share(batch.size())));
        }
        ExchangeDraft exchange = new ExchangeDraft(exchange(exchangeId, notes, reply));
        List<Optional<AnswerReader.Judgement>> judgements = read(reply.outcome(), notes);

        List<Asked> missing = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Asked asked = batch.get(i);
            asked.took(reply.usage().share(batch.size()), reply.attempts(), batch.size() == 1);
            if (judgements.get(i).isPresent()) {
                Verdict verdict = verdict(judgements.get(i).get(), asked, reply, batchId, batch.size(), i);
                sink.accept(new Decision.Judged(asked.task(), verdict, exchange, asked.failures()));
            } else {
                asked.failedIn(exchange, Usage.NONE);
                missing.add(asked);
            }
        }
        askAgain(missing, batch.size(), reply.outcome(), batchId, sink);
    }

    /** An answer that brings out a fault of ours is none: halving finds the note that it is about. */
    private List<Optional<AnswerReader.Judgement>> read(ModelOutcome outcome, List<Note> notes) {
        try {
            return answers.read(outcome, notes);
        } catch (RuntimeException e) {
            LOG.errorf(e, "An answer could not be read; notes=%d", notes.size());
            return Collections.nCopies(notes.size(), Optional.empty());
        }
    }

    private void askAgain(
            List<Asked> missing, int batchSize, ModelOutcome outcome, String batchId, Consumer<Decision> sink)
            throws InterruptedException {
        boolean wholeBatchFailed = missing.size() == batchSize;
        if (missing.isEmpty()) {
            return;
        }
        if (batchSize == 1) {
            Asked alone = missing.getFirst();
            if (alone.callsAlone() >= maxAttempts || isHopeless(outcome)) {
                sink.accept(givenUp(alone, outcome));
            } else {
                ask(missing, batchId, sink);
            }
        } else if (wholeBatchFailed) {
            int half = missing.size() / 2;
            ask(missing.subList(0, half), batchId, sink);
            ask(missing.subList(half, missing.size()), batchId, sink);
        } else {
            for (Asked each : missing) {
                ask(List.of(each), batchId, sink);
            }
        }
    }

    /** The same prompt would fail in the same way. */
    private static boolean isHopeless(ModelOutcome outcome) {
        return outcome instanceof ModelOutcome.ContextExceeded || outcome instanceof ModelOutcome.Refused;
    }

    private Decision givenUp(Asked asked, ModelOutcome outcome) {
        boolean answered = outcome instanceof ModelOutcome.Complete || outcome instanceof ModelOutcome.EmptyThought;
        return givenUp(asked, answered ? "no-acceptable-answer" : outcome.name(), cause(outcome, asked));
    }

    private Decision givenUp(Asked asked, String reason, String cause) {
        return new Decision.GivenUp(
                asked.task(),
                taxonomy.ref(),
                reason,
                cause,
                asked.calls(),
                asked.usage(),
                asked.failures(),
                clock.instant());
    }

    private static String cause(ModelOutcome outcome, Asked asked) {
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
        return what + " (" + asked.calls() + " calls, " + asked.callsAlone() + " of them about this note alone).";
    }

    private Verdict verdict(
            AnswerReader.Judgement judgement, Asked asked, ModelReply reply, String batchId, int size, int position) {
        String category = judgement.answer().category();
        return new Verdict(
                taxonomy.ref(),
                category,
                judgement.answer().secondary(),
                judgement.answer().evidence(),
                judgement.answer().rationale(),
                judgement.answer().confidence(),
                judgement.reasoning(),
                Map.of(category, 1),
                1,
                judgement.checks(),
                new Provenance(
                        reply.model(),
                        reply.server(),
                        reply.endpoint(),
                        PromptBuilder.VERSION,
                        reply.sampling(),
                        batchId,
                        size,
                        position,
                        asked.calls()),
                asked.usage(),
                clock.instant());
    }

    private static Exchange exchange(String id, List<Note> notes, ModelReply reply) {
        Optional<String> response = reply.response().strictUtf8();
        return new Exchange(
                AuditEvent.SCHEMA_VERSION,
                id,
                reply.endpoint(),
                reply.server(),
                reply.model(),
                notes.stream().map(Note::id).toList(),
                reply.request().lenientUtf8(),
                reply.status(),
                response.orElse(null),
                response.isPresent() ? null : reply.response().base64(),
                reply.outcome().reasoning(),
                reply.outcome().content(),
                reply.outcome().name(),
                reply.usage(),
                reply.startedAt(),
                reply.firstPayload() == null ? null : reply.firstPayload().toMillis(),
                reply.total().toMillis());
    }
}
