package io.rationale.core.remedy;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Somebody did something against a category of failures: the value of the remedies topic, by its id.
 *
 * @param version    of the event, 1
 * @param id         of the remedy
 * @param taxonomy   the version that the category belongs to
 * @param category   the label, or the group of labels
 * @param what       was done, a sentence or two
 * @param by         who said so
 * @param at         when that was said
 * @param deployedAt from when on notes are of systems that have it
 * @param sources    those that have it, sorted; empty means all
 * @param withdrawal its end, or null
 */
public record Remedy(
        int version,
        String id,
        TaxonomyRef taxonomy,
        String category,
        String what,
        String by,
        Instant at,
        Instant deployedAt,
        List<String> sources,
        Withdrawal withdrawal) {
    /** Of the event. */
    public static final int VERSION = 1;

    public Remedy {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(taxonomy, "taxonomy");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(deployedAt, "deployedAt");
        sources = sources == null ? List.of() : List.copyOf(sources);
    }

    /**
     * It was taken back.
     *
     * @param by who said so
     * @param at from when on notes are of systems without it
     */
    public record Withdrawal(String by, Instant at) {
        public Withdrawal {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(at, "at");
        }
    }

    /** The same, taken back. */
    public Remedy withdrawn(Withdrawal end) {
        return new Remedy(version, id, taxonomy, category, what, by, at, deployedAt, sources, end);
    }
}
