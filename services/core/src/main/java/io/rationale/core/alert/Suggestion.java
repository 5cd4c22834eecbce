package io.rationale.core.alert;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What could be done about an alert.
 *
 * @param discovery over the notes that it is about, as {@code POST /api/v1/discoveries} takes it
 */
public record Suggestion(Discovery discovery) {
    public Suggestion {
        Objects.requireNonNull(discovery, "discovery");
    }

    /**
     * Which notes to find patterns in.
     *
     * @param from         start of the time when they were seen, inclusive
     * @param to           its end, exclusive
     * @param source       their sources, sorted; empty for all
     * @param category     their labels; empty for all
     * @param taxonomy     the version whose labels and agreement are meant, as {@code id@version}
     * @param maxAgreement their largest agreement, or null for any
     */
    public record Discovery(
            Instant from,
            Instant to,
            List<String> source,
            List<String> category,
            String taxonomy,
            Double maxAgreement) {
        public Discovery {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            source = source == null ? List.of() : List.copyOf(source);
            category = category == null ? List.of() : List.copyOf(category);
            Objects.requireNonNull(taxonomy, "taxonomy");
        }
    }
}
