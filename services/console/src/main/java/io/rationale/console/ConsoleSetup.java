package io.rationale.console;

import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import java.time.InstantSource;

/**
 * What the configuration comes to. One type of the console's own, because a process that also holds the classifier has
 * its topics and taxonomy too.
 *
 * @param topics        by name
 * @param taxonomies    what is known of them; the only one who says which is active
 * @param applicationId of the Streams application
 * @param version       of this build
 * @param clock         for windows that end now
 */
public record ConsoleSetup(
        Topics topics, KnownTaxonomies taxonomies, String applicationId, String version, InstantSource clock) {
    /** The version whose labels are shown now; another one from one moment to the next. */
    public Taxonomy taxonomy() {
        return taxonomies.active();
    }
}
