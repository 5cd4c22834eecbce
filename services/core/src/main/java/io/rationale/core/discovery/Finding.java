package io.rationale.core.discovery;

import java.util.List;
import java.util.Objects;

/**
 * What is known about a category of the proposal.
 *
 * @param category  its id
 * @param stability share of the runs that found it, or null for the two that every taxonomy has
 * @param agreement mean Jaccard similarity of its notes between runs, or null where there is but one run
 * @param share     of all notes that were looked at, estimated
 * @param low       of the share's 95 % interval
 * @param high      of the share's 95 % interval
 * @param notes     of the sample that R1 put into it
 * @param examples  verbatim, at least one but for the two that every taxonomy has
 */
public record Finding(
        String category,
        Double stability,
        Double agreement,
        double share,
        double low,
        double high,
        int notes,
        List<Example> examples) {
    public Finding {
        Objects.requireNonNull(category, "category");
        examples = examples == null ? List.of() : List.copyOf(examples);
    }
}
