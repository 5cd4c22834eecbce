package io.rationale.console;

import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import java.time.InstantSource;

/**
 * What the configuration comes to. One type of the console's own, because a process that also holds the classifier has
 * its topics and taxonomy too.
 *
 * @param topics        by name
 * @param taxonomy      the version whose labels are shown
 * @param applicationId of the Streams application
 * @param version       of this build
 * @param clock         for windows that end now
 */
public record ConsoleSetup(
        Topics topics, Taxonomy taxonomy, String applicationId, String version, InstantSource clock) {}
