package io.rationale.core.discovery;

import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.verdict.AnswerReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * R1 says which patterns are the same; where there are too many for one prompt, in rounds, until one prompt holds what is
 * left. Then groups of the same notes are joined.
 */
final class Merging implements Phase {
    /** Rounds that make less of it end early; each takes calls. */
    private static final int MOST_ROUNDS = 4;

    private static final int MOST_GROUPS_A_PROMPT = 60;

    private final Plan plan;
    private final List<Set<String>> seen;
    private final List<PatternGroup> groups;
    private final int round;
    private final int pieces;
    private final Map<Integer, Piece> asked = new HashMap<>();
    private final TreeMap<Integer, List<PatternGroup>> merged = new TreeMap<>();

    private record Piece(int from, List<PatternGroup> groups, int attempt) {}

    /** @param seen notes that each run has read */
    Merging(Plan plan, List<Set<String>> seen, List<PatternGroup> groups) {
        this(plan, seen, groups, 1);
    }

    private Merging(Plan plan, List<Set<String>> seen, List<PatternGroup> groups, int round) {
        this.plan = plan;
        this.seen = seen;
        this.round = round;
        // Alike names come together, so that one prompt sees them both.
        this.groups = groups.stream()
                .sorted(Comparator.comparing((PatternGroup group) -> Slugs.slug(group.name())))
                .toList();
        List<List<PatternGroup>> cut = cut(this.groups, plan.settings.pieceTokens());
        this.pieces = cut.size();
        int from = 0;
        for (List<PatternGroup> piece : cut) {
            ask(new Piece(from, piece, 0));
            from += piece.size();
        }
    }

    private static List<List<PatternGroup>> cut(List<PatternGroup> groups, int mostTokens) {
        List<List<PatternGroup>> cut = new ArrayList<>();
        List<PatternGroup> open = new ArrayList<>();
        int tokens = 0;
        for (PatternGroup group : groups) {
            int more = DiscoveryPrompts.tokensOf(group);
            if (!open.isEmpty() && (open.size() >= MOST_GROUPS_A_PROMPT || tokens + more > mostTokens)) {
                cut.add(List.copyOf(open));
                open.clear();
                tokens = 0;
            }
            open.add(group);
            tokens += more;
        }
        if (!open.isEmpty()) {
            cut.add(List.copyOf(open));
        }
        return cut;
    }

    /** One group is the same as itself: that takes no call. What cannot be asked stays as it is. */
    private boolean ask(Piece piece) {
        Optional<Step> step = piece.groups().size() < 2
                ? Optional.empty()
                : plan.steps.plan(Step.Kind.MERGE, 0, plan.prompts.merging(piece.groups()), null, List.of());
        step.ifPresentOrElse(
                planned -> asked.put(planned.number(), piece), () -> merged.put(piece.from(), piece.groups()));
        return step.isPresent();
    }

    @Override
    public String answered(Step step, ModelOutcome outcome) {
        Piece piece = asked.remove(step.number());
        Optional<List<PatternGroup>> read = MergeAnswers.read(AnswerReader.answerIn(outcome), piece.groups());
        if (read.isPresent()) {
            merged.put(piece.from(), read.get());
            return piece.groups().size() + " patterns are " + read.get().size();
        }
        return Retry.reason(outcome) + askAgain(piece, outcome);
    }

    private String askAgain(Piece piece, ModelOutcome outcome) {
        if (piece.attempt() + 1 < Retry.ATTEMPTS && !Retry.wantsLess(outcome)) {
            return ask(new Piece(piece.from(), piece.groups(), piece.attempt() + 1)) ? "; asked again" : "; given up";
        }
        int half = piece.groups().size() / 2;
        if (half < 2) {
            merged.put(piece.from(), piece.groups());
            return "; given up";
        }
        ask(new Piece(piece.from(), piece.groups().subList(0, half), 0));
        ask(new Piece(
                piece.from() + half, piece.groups().subList(half, piece.groups().size()), 0));
        return "; asked again in halves";
    }

    @Override
    public Phase next() {
        List<PatternGroup> left = merged.values().stream().flatMap(List::stream).toList();
        boolean isOnePiece = pieces <= 1 && merged.size() <= 1;
        if (!isOnePiece && left.size() < groups.size() && round < MOST_ROUNDS) {
            return new Merging(plan, seen, left, round + 1);
        }
        return new Assigning(plan, Proposal.of(plan, seen, Overlap.joined(left)));
    }

    @Override
    public String name() {
        return "merging";
    }

    @Override
    public int callsAfter() {
        return plan.assigningCalls();
    }
}
