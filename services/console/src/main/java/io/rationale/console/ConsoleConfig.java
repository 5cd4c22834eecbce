package io.rationale.console;

import io.rationale.console.alerts.WebhookFormat;
import io.rationale.topics.redaction.RedactionConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Everything that can be configured about the console. Kafka itself: {@code kafka.*} and {@code kafka-streams.*}. */
@ConfigMapping(prefix = "rationale")
public interface ConsoleConfig {
    /** Before every topic's name; the same in every service of a deployment. */
    @WithDefault("rationale.")
    String topicPrefix();

    /** YAML of the taxonomy whose labels are shown; without it the shipped taxonomy of RAG failures. */
    Optional<Path> taxonomyFile();

    /** The topics. */
    TopicSettings topics();

    /**
     * For how long a topic keeps its records, by its name without prefix: a time such as {@code 90d}, or {@code forever}.
     * Set on the brokers at the start. A topic that is not named stays as it is.
     */
    Map<String, String> retention();

    /** The table of categories. */
    Statistics statistics();

    /** The topics. */
    interface TopicSettings {
        /** Whether topics that are missing are created at the start. */
        @WithDefault("true")
        boolean create();

        /** Partitions of those that are created and scale with the notes. */
        @WithDefault("6")
        int partitions();
    }

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

    /** Whom to tell what. */
    Alerts alerts();

    /** Whom to tell what. */
    interface Alerts {
        /** Rules as sentences, by name; {@code off} switches one off. */
        Map<String, String> rules();

        /** Who is told by HTTP, by name. */
        Map<String, Hook> webhooks();

        /** The age at which an alert that did not arrive is not sent any more. */
        @WithDefault("24h")
        Duration giveUp();
    }

    /** Somebody who is told by HTTP. */
    interface Hook {
        /** Where alerts are posted to; never logged. */
        URI url();

        /** Body of the request: {@code json} is the alert, {@code slack} a text as Slack's incoming webhooks take it. */
        @WithDefault("json")
        WebhookFormat format();

        /** Bearer token; never logged. */
        Optional<String> token();
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

    /** Personal data in notes, and in what people write about them. */
    RedactionConfig redaction();

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

    /** What people say about labels. */
    Reviews reviews();

    /** Settings of the reviews. */
    interface Reviews {
        /** Longest wait for Kafka's acknowledgement of a review; 1s or more. */
        @WithDefault("10s")
        Duration timeout();
    }

    /** What may be activated. */
    Taxonomies taxonomies();

    /** What may be activated. */
    interface Taxonomies {
        /**
         * Tokens of R1's context, of which the categories of a version may take three eighths; as the classifiers' models
         * have it.
         */
        @WithDefault("131072")
        int contextTokens();
    }

    /** The chain of hashes over the audit. */
    Seal seal();

    /** Settings of the sealer. */
    interface Seal {
        /** Whether this console seals; one console of a deployment is enough, several share the work. */
        @WithDefault("true")
        boolean enabled();

        /** Longest wait of an audit event until it is sealed. */
        @WithDefault("1s")
        Duration linger();

        /** Most audit events of a link. */
        @WithDefault("1000")
        int maxRecords();
    }

    /** The classifiers, as far as the console has to know them. */
    Classifier classifier();

    /** The classifiers, as far as the console has to know them. */
    interface Classifier {
        /** Their consumer group; the same as theirs. */
        @WithDefault("rationale-classifier")
        String groupId();
    }

    /** What R1 costs. */
    Prices prices();

    /** What R1 costs; estimates name money where all but the cached price are given. */
    interface Prices {
        /** As it is shown: EUR for example. */
        Optional<String> currency();

        /** A million prompt tokens. */
        OptionalDouble promptPerMillion();

        /** A million prompt tokens that the servers' prefix caches held; as other prompt tokens unless given. */
        OptionalDouble cachedPerMillion();

        /** A million tokens of thought and answer. */
        OptionalDouble answerPerMillion();
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
