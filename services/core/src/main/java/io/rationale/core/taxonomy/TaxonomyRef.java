package io.rationale.core.taxonomy;

import java.util.Objects;

/** Names one version of one taxonomy. */
public record TaxonomyRef(String id, int version) {
    public TaxonomyRef {
        Objects.requireNonNull(id, "id");
    }

    /** {@code id@version}. */
    @Override
    public String toString() {
        return id + "@" + version;
    }
}
