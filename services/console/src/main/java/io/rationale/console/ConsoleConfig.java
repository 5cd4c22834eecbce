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

    /** Limits of a note. */
    NoteLimits note();

    /** Limits of a note. */
    interface NoteLimits {
        /** Largest text of a note in UTF-8 bytes; the same as the classifier's. */
        @WithDefault("32768")
        int maxTextBytes();
    }

    /** Notes that come over HTTP. */
    Intake intake();

    /** Settings of the intake over HTTP. */
    interface Intake {
        /** Largest body in bytes; at most {@code quarkus.http.limits.max-body-size}. */
        @WithDefault("33554432")
        long maxBodyBytes();

        /** Requests that are taken in at a time; further ones are answered by 429. */
        @WithDefault("32")
        int maxRequests();

        /**
         * Longest wait for Kafka's acknowledgement. Also the transaction's time-out for requests with an idempotency
         * key: for so long, what a killed console left open hides later notes from the classifier.
         */
        @WithDefault("30s")
        Duration timeout();
    }

    /** Live events. */
    Events events();

    /** Settings of the live events. */
    interface Events {
        /** Listeners at a time; further ones are answered by 503. */
        @WithDefault("1000")
        int maxConnections();
    }
}
