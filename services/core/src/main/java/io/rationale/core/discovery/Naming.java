package io.rationale.core.discovery;

import io.rationale.core.note.Note;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.verdict.AnswerReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Each run's pieces are read for patterns. A piece that fails is asked again, or as two halves. */
final class Naming implements Phase {
    /** Fewer notes are not cut further: nothing recurs in them. */
    private static final int LEAST_NOTES = 4;

    private final Plan plan;
    private final Map<Integer, Piece> asked = new HashMap<>();
    /** By run, then by the piece's place in it, so that the order of answers does not matter. */
    private final Map<Integer, TreeMap<Integer, PatternAnswers.Read>> named = new TreeMap<>();

    private final List<Set<String>> seen = new ArrayList<>();
    private String lastFailure = "";

    /** @param from place of its first note in the run */
    private record Piece(int run, int from, List<SampledNote> notes, int attempt) {
        List<Note> bare() {
            return notes.stream().map(SampledNote::note).toList();
        }
    }

    Naming(Plan plan) {
        this.plan = plan;
        DiscoverySettings settings = plan.settings;
        for (int run = 0; run < settings.runs(); run++) {
            named.put(run, new TreeMap<>());
            seen.add(new HashSet<>());
            List<SampledNote> shuffled = Pieces.shuffled(plan.sample.notes(), settings.seed(), run);
            int from = 0;
            for (List<SampledNote> piece : Pieces.cut(shuffled, settings.pieceNotes(), settings.pieceTokens())) {
                ask(new Piece(run, from, piece, 0));
                from += piece.size();
            }
        }
    }

    @Override
    public String answered(Step step, ModelOutcome outcome) {
        Piece piece = asked.remove(step.number());
        Optional<PatternAnswers.Read> read =
                PatternAnswers.read(AnswerReader.answerIn(outcome), step.notes(), piece.run());
        if (read.isPresent()) {
            named.get(piece.run()).put(piece.from(), read.get());
            step.notes().forEach(note -> seen.get(piece.run()).add(note.id()));
            int dropped = read.get().dropped().size();
            return read.get().patterns().size() + " patterns" + (dropped == 0 ? "" : ", " + dropped + " dropped");
        }
        lastFailure = Retry.reason(outcome);
        return lastFailure + askAgain(piece, outcome);
    }

    private String askAgain(Piece piece, ModelOutcome outcome) {
        int half = piece.notes().size() / 2;
        if (piece.attempt() + 1 < Retry.ATTEMPTS && !Retry.wantsLess(outcome)) {
            return ask(new Piece(piece.run(), piece.from(), piece.notes(), piece.attempt() + 1))
                    ? "; asked again"
                    : "; given up";
        }
        if (half < LEAST_NOTES) {
            return "; given up";
        }
        boolean first = ask(new Piece(piece.run(), piece.from(), piece.notes().subList(0, half), 0));
        boolean second = ask(new Piece(
                piece.run(),
                piece.from() + half,
                piece.notes().subList(half, piece.notes().size()),
                0));
        return first || second ? "; asked again in halves" : "; given up";
    }

    private boolean ask(Piece piece) {
        Optional<Step> step =
                plan.steps.plan(Step.Kind.NAME, piece.run() + 1, plan.prompts.naming(piece.bare()), null, piece.bare());
        step.ifPresent(planned -> asked.put(planned.number(), piece));
        return step.isPresent();
    }

    @Override
    public Phase next() {
        List<Pattern> patterns = new ArrayList<>();
        named.values().forEach(run -> run.values().forEach(read -> {
            patterns.addAll(read.patterns());
            plan.dropped.addAll(read.dropped());
        }));
        if (named.values().stream().allMatch(Map::isEmpty)) {
            return Ended.failed("R1 gave no answer that could be used; at last: " + lastFailure + ".");
        }
        if (patterns.isEmpty()) {
            return Ended.failed("R1 named no problem that recurs in these notes" + droppedOnes());
        }
        List<Set<String>> read = seen.stream().map(Set::copyOf).toList();
        return new Merging(plan, read, patterns.stream().map(PatternGroup::of).toList());
    }

    private String droppedOnes() {
        if (plan.dropped.isEmpty()) {
            return ".";
        }
        DroppedPattern first = plan.dropped.getFirst();
        return ", but for " + plan.dropped.size() + " that do not count, such as \"" + first.name() + "\": "
                + first.reason();
    }

    @Override
    public String name() {
        return "naming";
    }

    @Override
    public int callsAfter() {
        return 1 + plan.assigningCalls();
    }
}
