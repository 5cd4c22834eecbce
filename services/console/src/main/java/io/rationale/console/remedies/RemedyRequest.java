package io.rationale.console.remedies;

import io.rationale.console.api.JsonBody;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.List;

/**
 * What a person says was done.
 *
 * @param by         who says so
 * @param category   the label or group
 * @param taxonomy   the version that it belongs to, or null for the active one
 * @param what       was done, or null for what the category's remedy says
 * @param deployedAt or null for now
 * @param sources    sorted; empty for all
 */
record RemedyRequest(
        String by, String category, TaxonomyRef taxonomy, String what, Instant deployedAt, List<String> sources) {
    private static final int LONGEST_CATEGORY = 1_000;
    private static final int LONGEST_TEXT = 2_000;
    private static final int MOST_SOURCES = 100;

    /** @throws io.rationale.console.api.ProblemException 422 that names the field that is wrong */
    static RemedyRequest of(JsonBody body) {
        return new RemedyRequest(
                body.by(),
                body.required("category", LONGEST_CATEGORY),
                body.taxonomy("taxonomy"),
                body.text("what", LONGEST_TEXT),
                body.time("deployedAt"),
                body.texts("sources", MOST_SOURCES, LONGEST_CATEGORY).stream()
                        .distinct()
                        .sorted()
                        .toList());
    }
}
