package io.rationale.core.discovery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Joins groups whose notes are the same, whatever R1 says: two runs that put the same notes together have found the same
 * pattern. Only runs that differ can tell, as a run puts a note into one pattern at most.
 */
final class Overlap {
    /** Members of both among the members of either. */
    private static final double SAME = 0.6;

    /** One or two notes are in the same two groups by chance. */
    private static final int LEAST_COMMON = 3;

    private Overlap() {}

    /** The groups after joining, in the order of each one's first part. Deterministic. */
    static List<PatternGroup> joined(List<PatternGroup> groups) {
        List<PatternGroup> joined = new ArrayList<>();
        for (PatternGroup group : groups) {
            int at = 0;
            while (at < joined.size() && !areSame(joined.get(at), group)) {
                at++;
            }
            if (at < joined.size()) {
                joined.set(at, PatternGroup.of(List.of(joined.get(at), group)));
            } else {
                joined.add(group);
            }
        }
        return joined;
    }

    private static boolean areSame(PatternGroup one, PatternGroup other) {
        Set<String> members = one.members();
        Set<String> common = new HashSet<>(members);
        common.retainAll(other.members());
        int either = members.size() + other.members().size() - common.size();
        return common.size() >= LEAST_COMMON && (double) common.size() / either >= SAME;
    }
}
