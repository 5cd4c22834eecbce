package io.rationale.core.redaction;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Texts without personal data.
 *
 * @param texts  in the order of the fields
 * @param counts how often something of a kind was taken out, by its code
 */
record Redacted(List<String> texts, Map<String, Integer> counts) {
    Redacted {
        counts = Collections.unmodifiableMap(counts);
    }

    boolean isChanged() {
        return !counts.isEmpty();
    }
}
