package io.rationale.console.statistics;

import io.rationale.core.json.Json;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;

/**
 * What a count is about: the key of the category-statistics topic, as one compact line of JSON.
 *
 * @param taxonomy the version
 * @param bucket   start of the minute
 * @param category the label; absent for undecided notes
 * @param source   the notes' source
 */
record CountKey(TaxonomyRef taxonomy, Instant bucket, String category, String source) {
    static CountKey of(CategoryCount count) {
        return new CountKey(count.taxonomy(), count.bucket(), count.category(), count.source());
    }

    String json() {
        return Json.line(this);
    }
}
