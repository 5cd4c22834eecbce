package io.rationale.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Everything that can be configured about the console. Kafka itself: {@code kafka.*} and {@code kafka-streams.*}. */
@ConfigMapping(prefix = "rationale")
public interface ConsoleConfig {
    /** Before every topic's name; the same in every service of a deployment. */
    @WithDefault("rationale.")
    String topicPrefix();

    /** YAML of the taxonomy whose labels are shown; without it the shipped taxonomy of RAG failures. */
    Optional<Path> taxonomyFile();

    /** The table of categories. */
    Statistics statistics();

    /** Settings of the table of categories. */
    interface Statistics {
        /** Key examples per category, 0 to 5. */
        @WithDefault("3")
        int examples();

        /**
         * Notes looked at per category, the most agreed first, when its examples are chosen. A larger number finds examples
         * for a narrow window among many notes, and makes each table dearer.
         */
        @WithDefault("2000")
        int examplesSearched();
    }

    /** The index of the notes. */
    Search search();

    /** Settings of the index that lists, searches, examples and exports are answered from. */
    interface Search {
        /** Where the index is; give every instance its own. It may be deleted: it is built anew from the audit. */
        @WithDefault("${java.io.tmpdir}/rationale-console-search")
        Path directory();

        /** Notes whose latest decision is older drop out, once a day; 0 for no limit. */
        @WithDefault("400d")
        Duration maxAge();
    }
}
