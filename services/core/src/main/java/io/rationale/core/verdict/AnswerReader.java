package io.rationale.core.verdict;

import io.rationale.core.injection.InjectionScan;
import io.rationale.core.note.Note;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Turns the outcome of a call into checked judgements. Thread safe. */
public final class AnswerReader {
    /** An answer stands at the end of an unclosed thought, if anywhere. */
    private static final int SALVAGED_TAIL = 64 * 1024;

    private final AnswerParser parser;
    private final InjectionScan scan;

    public AnswerReader(Taxonomy taxonomy) {
        this.parser = new AnswerParser(taxonomy);
        this.scan = new InjectionScan(taxonomy);
    }

    /** A note's acceptable answer with the reasoning about it and the checks. */
    public record Judgement(ParsedAnswer answer, Reasoning reasoning, Checks checks) {}

    /**
     * Judgements by the notes' positions.
     *
     * @param outcome of the call
     * @param notes   as they stood in the prompt
     * @return in the order of the notes; nothing for a note without an acceptable answer
     */
    public List<Optional<Judgement>> read(ModelOutcome outcome, List<Note> notes) {
        return read(outcome, notes, position -> scan.of(notes.get(position)).isSuspected());
    }

    /**
     * The same where notes were looked through before.
     *
     * @param isSuspected whether the note at that position addresses the model, as {@link InjectionScan} finds it
     */
    public List<Optional<Judgement>> read(ModelOutcome outcome, List<Note> notes, IntPredicate isSuspected) {
        Map<Integer, ParsedAnswer> answers = parser.parse(answerIn(outcome), notes);
        ReasoningPassages passages = new ReasoningPassages(outcome.reasoning(), notes.size());
        List<Optional<Judgement>> judgements = new ArrayList<>();
        for (int i = 0; i < notes.size(); i++) {
            int position = i;
            judgements.add(Optional.ofNullable(answers.get(i))
                    .map(answer -> judgement(
                            answer, passages.of(position), notes.get(position), outcome, isSuspected.test(position))));
        }
        return judgements;
    }

    /**
     * Where an answer may stand: the content, or the tail of a thought that never closed. An answer that was cut is not
     * accepted, not even in part: what is missing cannot be told from what is wrong.
     *
     * @return empty where there is none
     */
    public static String answerIn(ModelOutcome outcome) {
        return switch (outcome) {
            case ModelOutcome.Complete complete -> complete.content();
            case ModelOutcome.EmptyThought emptyThought -> emptyThought.content();
            case ModelOutcome.StoppedInThought stopped -> tail(stopped.reasoning());
            default -> "";
        };
    }

    private Judgement judgement(
            ParsedAnswer answer, Reasoning reasoning, Note note, ModelOutcome outcome, boolean isSuspected) {
        Checks checks = new Checks(
                answer.quoteFound(),
                VerdictChecks.labelNamed(reasoning.text(), answer.category(), parser.nameOf(answer.category())),
                outcome instanceof ModelOutcome.StoppedInThought,
                answer.relabelled(),
                false,
                VerdictChecks.mixedScript(reasoning.text(), note),
                outcome.reasoning().isBlank(),
                isSuspected);
        return new Judgement(answer, reasoning, checks);
    }

    private static String tail(String text) {
        return text.length() > SALVAGED_TAIL ? text.substring(text.length() - SALVAGED_TAIL) : text;
    }
}
