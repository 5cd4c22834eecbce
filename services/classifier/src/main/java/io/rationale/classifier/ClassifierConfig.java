package io.rationale.classifier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The classifier's configuration; Kafka's own settings are plain {@code kafka.*} properties. */
@ConfigMapping(prefix = "rationale")
public interface ClassifierConfig {
    /** Before every topic's name. */
    @WithDefault("rationale.")
    String topicPrefix();

    /** YAML file of the taxonomy to judge under; the shipped one of RAG failures unless given. */
    Optional<String> taxonomyFile();

    /** Longest wait for running calls when the service stops. */
    @WithDefault("25s")
    Duration drainTimeout();

    /** The loop itself. */
    Classifier classifier();

    /** Limits of a note. */
    NoteLimits note();

    /** How notes are put together. */
    Batch batch();

    /** What may wait or run at a time. */
    InFlight inFlight();

    /** How results are written. */
    Publish publish();

    /** The R1 cluster. */
    R1 r1();

    /** The loop itself. */
    interface Classifier {
        /** Whether this process classifies; a process that only reports does not. */
        @WithDefault("true")
        boolean enabled();

        /** Consumer group: instances that share it share the work. */
        @WithDefault("rationale-classifier")
        String groupId();

        /** Stable name of this instance, unique in the group: makes its transactional id. */
        @WithDefault("${HOSTNAME:one}")
        String instanceId();
    }

    /** Limits of a note. */
    interface NoteLimits {
        /** Largest text in UTF-8 bytes; larger notes go to the dead letters. */
        @WithDefault("32768")
        int maxTextBytes();
    }

    /** How notes are put together. */
    interface Batch {
        /** Most notes in one prompt. */
        @WithDefault("8")
        int maxNotes();

        /** Most estimated tokens of the notes in one prompt. */
        @WithDefault("12000")
        int maxTokens();

        /** Longest wait of a note for company. */
        @WithDefault("100ms")
        Duration linger();
    }

    /** What may wait or run at a time. */
    interface InFlight {
        /** Notes that were read and are not written yet. */
        @WithDefault("2000")
        int maxNotes();

        /** Their bytes. */
        @WithDefault("67108864")
        long maxBytes();
    }

    /** How results are written. */
    interface Publish {
        /** Longest wait of a result for company in a transaction. */
        @WithDefault("100ms")
        Duration linger();
    }

    /** The R1 cluster. */
    interface R1 {
        /** Base URLs as OpenAI clients take them. */
        @WithDefault("http://localhost:8000/v1")
        List<String> endpoints();

        /** Model to ask for; else the first that the server lists. */
        Optional<String> model();

        /** Bearer token of the endpoints. */
        Optional<String> apiKey();

        /** Calls at a time, over all endpoints. */
        @WithDefault("16")
        int maxInFlight();

        /** Calls that ask about a note alone before it is given up. */
        @WithDefault("3")
        int maxAttempts();

        /** Tokens of thought and answer together. */
        @WithDefault("32768")
        int maxTokens();

        /** DeepSeek recommends 0.5 to 0.7. */
        @WithDefault("0.6")
        double temperature();

        /** Nucleus. */
        @WithName("top-p")
        @WithDefault("0.95")
        double topP();

        /** Seed, where the server takes one. */
        OptionalLong seed();

        /** Longest wait for a connection. */
        @WithDefault("5s")
        Duration connectTimeout();

        /** Longest wait for a whole answer. */
        @WithDefault("30m")
        Duration totalTimeout();
    }
}
