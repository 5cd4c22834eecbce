package io.rationale.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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

        /**
         * Names of note labels by which categories can be counted, too. Each value makes counts of its own: name labels
         * with few values. A label named later counts notes that are judged from then on.
         */
        Optional<List<String>> dimensions();

        /**
         * For how long counts have a time: in minutes for two days, in hours for 62, in days up to this. What is older
         * counts in the window of everything only. Two days at least; a longer one later does not bring back times
         * that are gone.
         */
        @WithDefault("400d")
        Duration retention();

        /**
         * Copies of the stores that other consoles keep up to date, so that one of them goes on at once when this one
         * ends. Written to the broker's configuration of the group at the start; without it that stays as it is.
         */
        OptionalInt standbyReplicas();
    }
}
