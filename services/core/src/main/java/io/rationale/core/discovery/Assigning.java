package io.rationale.core.discovery;

import io.rationale.core.note.Note;
import io.rationale.core.prompt.AnswerSchema;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.verdict.AnswerReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sample is labelled under the proposal, with the prompt and the checks that notes are classified with. Notes
 * without an acceptable answer are asked about again; what stays without a label is reported.
 */
final class Assigning implements Phase {
    private final Plan plan;
    private final Proposal proposal;
    private final PromptBuilder prompts;
    private final AnswerSchema schemas;
    private final AnswerReader answers;
    private final Map<Integer, Batch> asked = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();

    private record Batch(List<Note> notes, int attempt) {}

    Assigning(Plan plan, Proposal proposal) {
        this.plan = plan;
        this.proposal = proposal;
        this.prompts = new PromptBuilder(proposal.taxonomy());
        this.schemas = new AnswerSchema(proposal.taxonomy());
        this.answers = new AnswerReader(proposal.taxonomy());
        // Without any pattern there is nothing to choose from.
        if (!proposal.groups().isEmpty()) {
            Pieces.cut(plan.sample.notes(), plan.settings.batchNotes(), plan.settings.pieceTokens())
                    .forEach(batch ->
                            ask(new Batch(batch.stream().map(SampledNote::note).toList(), 0)));
        }
    }

    private boolean ask(Batch batch) {
        Optional<Step> step = plan.steps.plan(
                Step.Kind.ASSIGN,
                0,
                prompts.build(batch.notes()),
                schemas.forNotes(batch.notes().size()),
                batch.notes());
        step.ifPresent(planned -> asked.put(planned.number(), batch));
        return step.isPresent();
    }

    @Override
    public String answered(Step step, ModelOutcome outcome) {
        Batch batch = asked.remove(step.number());
        List<Optional<AnswerReader.Judgement>> judgements = answers.read(outcome, batch.notes());
        List<Note> missing = new ArrayList<>();
        for (int i = 0; i < batch.notes().size(); i++) {
            Note note = batch.notes().get(i);
            judgements
                    .get(i)
                    .ifPresentOrElse(
                            judgement ->
                                    labels.put(note.id(), judgement.answer().category()),
                            () -> missing.add(note));
        }
        int labelled = batch.notes().size() - missing.size();
        String result = labelled + " of " + batch.notes().size() + " notes labelled";
        return missing.isEmpty() ? result : result + askAgain(batch, missing);
    }

    private String askAgain(Batch batch, List<Note> missing) {
        if (batch.attempt() + 1 >= Retry.ATTEMPTS) {
            return "; the others given up";
        }
        int half = missing.size() == batch.notes().size() ? missing.size() / 2 : 0;
        boolean isAsked = half > 0 && ask(new Batch(missing.subList(0, half), batch.attempt() + 1));
        isAsked |= ask(new Batch(missing.subList(half, missing.size()), batch.attempt() + 1));
        return isAsked ? "; the others asked again" : "; the others given up";
    }

    @Override
    public Phase next() {
        return Ended.with(Findings.of(plan, proposal, labels));
    }

    @Override
    public String name() {
        return "assigning";
    }

    @Override
    public int callsAfter() {
        return 0;
    }
}
