package io.rationale.core.discovery;

import io.rationale.core.redaction.Redactor;
import java.util.List;

/**
 * Notes that stand for many.
 *
 * @param population how many notes were looked at
 * @param drawn      how many of them were drawn before the same ones were folded
 * @param notes      what is left of these, no two with the same id
 */
public record NoteSample(long population, int drawn, List<SampledNote> notes) {
    public NoteSample {
        notes = List.copyOf(notes);
    }

    /** The same sample without the personal data of its notes. */
    public NoteSample without(Redactor redactor) {
        return new NoteSample(
                population,
                drawn,
                notes.stream()
                        .map(each -> new SampledNote(redactor.note(each.note()), each.weight(), each.multiplicity()))
                        .toList());
    }

    /** All notes as they are, each for itself. */
    public static NoteSample of(List<io.rationale.core.note.Note> notes) {
        return new NoteSample(
                notes.size(),
                notes.size(),
                notes.stream().map(note -> new SampledNote(note, 1, 1)).toList());
    }
}
