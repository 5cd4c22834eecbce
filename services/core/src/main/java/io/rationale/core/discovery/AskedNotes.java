package io.rationale.core.discovery;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Which notes a person wants patterns found in, and how; what is null was not asked for.
 *
 * @param by           who asks
 * @param window       a window that ended when it was asked for, by its code
 * @param from         inclusive, of the time when failures were seen
 * @param to           exclusive
 * @param source       of these sources; empty for all
 * @param category     with these labels; empty for all
 * @param taxonomy     the version whose labels and agreement are meant, as {@code id@version}
 * @param maxAgreement of at most so much agreement
 * @param notes        that R1 reads at most
 * @param runs         how often
 * @param language     in which categories are named
 * @param seed         of sample and shuffles
 */
public record AskedNotes(
        String by,
        String window,
        Instant from,
        Instant to,
        List<String> source,
        List<String> category,
        String taxonomy,
        Double maxAgreement,
        Integer notes,
        Integer runs,
        String language,
        Long seed) {
    public AskedNotes {
        Objects.requireNonNull(by, "by");
        source = source == null ? List.of() : List.copyOf(source);
        category = category == null ? List.of() : List.copyOf(category);
    }
}
