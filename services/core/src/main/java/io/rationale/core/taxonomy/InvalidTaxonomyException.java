package io.rationale.core.taxonomy;

import java.util.List;

/** A taxonomy that cannot be used, with a sentence for each fault. */
public final class InvalidTaxonomyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public InvalidTaxonomyException(List<String> faults) {
        super(String.join(" ", faults));
        this.faults = List.copyOf(faults);
    }

    /** A sentence for each fault. */
    public List<String> faults() {
        return faults;
    }
}
