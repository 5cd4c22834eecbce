package io.rationale.core.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Prompt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps of a discovery: numbered, counted against the bound, and handed out once. */
final class Steps {
    private final int most;
    private final List<Step> planned = new ArrayList<>();
    private final Set<Integer> open = new HashSet<>();
    private int count;

    Steps(int most) {
        this.most = most;
    }

    /** A new step, unless all calls are used up. */
    Optional<Step> plan(Step.Kind kind, int run, Prompt prompt, JsonNode schema, List<Note> notes) {
        if (count >= most) {
            return Optional.empty();
        }
        Step step = new Step(++count, kind, run, prompt, schema, notes);
        planned.add(step);
        open.add(step.number());
        return Optional.of(step);
    }

    /** What was planned since the last time. */
    List<Step> handOut() {
        List<Step> steps = List.copyOf(planned);
        planned.clear();
        return steps;
    }

    /** @return whether it was open */
    boolean close(Step step) {
        return open.remove(step.number());
    }

    boolean allClosed() {
        return open.isEmpty();
    }

    int open() {
        return open.size();
    }

    int count() {
        return count;
    }
}
