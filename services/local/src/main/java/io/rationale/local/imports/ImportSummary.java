package io.rationale.local.imports;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an import did.
 *
 * @param accepted    notes of the files, each once
 * @param repeated    entries that name a note of these files again
 * @param rejected    entries that are no notes
 * @param sources     of the accepted notes
 * @param unreadable  a sentence for each file that is no input as a whole
 * @param takenOut    a sentence about the personal data that was taken out of them, if there was any
 */
public record ImportSummary(
        long accepted,
        long repeated,
        long rejected,
        Set<String> sources,
        List<String> unreadable,
        Optional<String> takenOut) {
    public ImportSummary {
        sources = Set.copyOf(sources);
        unreadable = List.copyOf(unreadable);
    }
}
