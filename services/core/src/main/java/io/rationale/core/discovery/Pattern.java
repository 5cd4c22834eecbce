package io.rationale.core.discovery;

import java.util.List;
import java.util.Objects;

/**
 * A problem that R1 saw recur in one piece of the notes, checked.
 *
 * @param run        which shuffle the piece belongs to, from 0
 * @param name       as R1 gave it
 * @param definition what belongs here
 * @param notThis    what does not, or null
 * @param remedy     what to do about it, or null
 * @param examples   at least one
 * @param members    ids of the notes of the piece that belong to it, the examples' included
 */
public record Pattern(
        int run,
        String name,
        String definition,
        String notThis,
        String remedy,
        List<Example> examples,
        List<String> members) {
    public Pattern {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(definition, "definition");
        examples = List.copyOf(examples);
        members = List.copyOf(members);
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("a pattern without a verified example is none");
        }
    }
}
