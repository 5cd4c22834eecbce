package io.rationale.core.discovery;

import io.rationale.core.note.Note;
import java.util.Objects;

/**
 * A note that stands for others.
 *
 * @param note         what R1 gets to read
 * @param weight       how many notes of all that were looked at it stands for, estimated
 * @param multiplicity how many notes that were drawn are the same as this one or nearly so, itself included
 */
public record SampledNote(Note note, double weight, int multiplicity) {
    public SampledNote {
        Objects.requireNonNull(note, "note");
        if (!(weight > 0) || multiplicity < 1) {
            throw new IllegalArgumentException("a sampled note stands for itself at least");
        }
    }
}
