package io.rationale.classifier;

import io.rationale.topics.redaction.RedactionConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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

    /** The topics. */
    Topics topics();

    /** How notes are put together. */
    Batch batch();

    /** What may wait or run at a time. */
    InFlight inFlight();

    /** When a note is sampled more than once. */
    Votes votes();

    /** What may be spent beyond the first call about a note. */
    ExtraTokens extraTokens();

    /** Notes of the same content. */
    SharedVerdicts sharedVerdicts();

    /** How results are written. */
    Publish publish();

    /** The R1 cluster. */
    R1 r1();

    /** Finding patterns. */
    Discovery discovery();

    /** Judging notes again. */
    Reclassification reclassification();

    /** Personal data in notes. */
    RedactionConfig redaction();

    /** The loop itself. */
    interface Classifier {
        /** Whether this process classifies; a process that only reports does not. */
        @WithDefault("true")
        boolean enabled();

        /** Consumer group: instances that share it share the work. */
        @WithDefault("rationale-classifier")
        String groupId();

        /**
         * Name of this instance, unique in the group and the same after a restart: makes its transactional id. Else host,
         * user and a number that no other process has.
         */
        Optional<String> instanceId();
    }

    /** Limits of a note. */
    interface NoteLimits {
        /** Largest text in UTF-8 bytes; larger notes go to the dead letters. */
        @WithDefault("32768")
        int maxTextBytes();

        /** Time that calls about a note may take, one after the other, before it is given up. */
        @WithDefault("2h")
        Duration deadline();
    }

    /** The topics. */
    interface Topics {
        /** Whether topics that are missing are created at the start. */
        @WithDefault("true")
        boolean create();

        /** Partitions of those that are created and scale with the notes. */
        @WithDefault("6")
        int partitions();
    }

    /** How notes are put together. */
    interface Batch {
        /** Most notes in one prompt; else as the model's profile says. */
        OptionalInt maxNotes();

        /** Most estimated tokens of the notes in one prompt. */
        @WithDefault("12000")
        int maxTokens();

        /** Longest wait of a note for company. */
        @WithDefault("100ms")
        Duration linger();
    }

    /** What may wait or run at a time. */
    interface InFlight {
        /** Notes that were read and are not written yet; else three times what fits into R1's slots. */
        OptionalInt maxNotes();

        /** Their bytes. */
        @WithDefault("67108864")
        long maxBytes();
    }

    /** When a note is sampled more than once. */
    interface Votes {
        /** Most votes about a doubtful note; 1 for no second opinion. */
        @WithDefault("5")
        int max();

        /** Share of the notes that are sampled again without doubt, 0 to 1. */
        @WithDefault("0")
        double share();
    }

    /** What may be spent beyond the first call about a note, on votes and on notes that wait in a slow batch. */
    interface ExtraTokens {
        /** Share of the tokens of first calls; 0 for none. */
        @WithDefault("0.2")
        double share();

        /** Tokens kept for later, and there at the start. */
        @WithDefault("200000")
        long most();
    }

    /** Notes of the same content. */
    interface SharedVerdicts {
        /** How long a verdict is shared with notes of the same content; 0 for never. */
        @WithDefault("1h")
        Duration window();

        /** About so much memory is used for it. */
        @WithDefault("33554432")
        long maxBytes();
    }

    /** How results are written. */
    interface Publish {
        /** Longest wait of a result for company in a transaction. */
        @WithDefault("100ms")
        Duration linger();
    }

    /** Finding patterns. */
    interface Discovery {
        /** Whether this classifier runs discoveries. */
        @WithDefault("true")
        boolean enabled();

        /** Most calls of discoveries at a time; each only takes a slot for which no note waits. */
        @WithDefault("4")
        int concurrency();
    }

    /** Judging notes again. */
    interface Reclassification {
        /** Whether this classifier judges notes again. */
        @WithDefault("true")
        boolean enabled();
    }

    /** The R1 cluster. What is optional comes from the model's profile or from the server. */
    interface R1 {
        /** Base URLs as OpenAI clients take them. */
        @WithDefault("http://localhost:8000/v1")
        List<String> endpoints();

        /** File with one base URL a line, in place of the list; read again when it changes. */
        Optional<String> endpointsFile();

        /** What differs for one endpoint, by its position in the list, from 1. */
        Map<Integer, Endpoint> endpoint();

        /** Model to ask for; else the first that the server lists. */
        Optional<String> model();

        /** Bearer token of the endpoints. */
        Optional<String> apiKey();

        /** Named configuration of Quarkus' TLS registry for https endpoints. */
        Optional<String> tlsConfigurationName();

        /** Whether answers are streamed. */
        @WithDefault("true")
        boolean stream();

        /** Which server it is; auto asks. */
        @WithDefault("auto")
        String profile();

        /** Which model it is; auto goes by the name. */
        @WithDefault("auto")
        String modelProfile();

        /** Whether a schema is asked for, where a probe shows that it works (auto), or never (off). */
        @WithDefault("off")
        String structuredOutput();

        /** Calls that ask about a note alone before it is given up. */
        @WithDefault("3")
        int maxAttempts();

        /** How long a call that only ever fails is tried again while R1 answers others. */
        @WithDefault("30m")
        Duration retryDeadline();

        /** Tokens of thought and answer together. */
        OptionalInt maxTokens();

        /** Tokens of prompt, thought and answer together. */
        OptionalInt contextTokens();

        /** Sampling temperature. */
        OptionalDouble temperature();

        /** Nucleus. */
        @WithName("top-p")
        OptionalDouble topP();

        /** Whether the instructions are sent as a system prompt. */
        Optional<Boolean> systemPrompt();

        /** Seed, where the server takes one. */
        OptionalLong seed();

        /** Whether a model that repeats itself is stopped. */
        @WithDefault("true")
        boolean loopGuard();

        /** Longest wait for a connection. */
        @WithDefault("5s")
        Duration connectTimeout();

        /** Longest wait for the first words, a queue at the server included. */
        @WithDefault("10m")
        Duration firstPayloadTimeout();

        /** Longest wait for further words. */
        @WithDefault("2m")
        Duration idleTimeout();

        /** Longest wait for a whole answer. */
        @WithDefault("30m")
        Duration totalTimeout();

        /** How many calls an endpoint gets at a time. */
        Concurrency concurrency();
    }

    /** What differs for one endpoint. */
    interface Endpoint {
        /** Bearer token. */
        Optional<String> apiKey();

        /** Named configuration of Quarkus' TLS registry. */
        Optional<String> tlsConfigurationName();
    }

    /** How many calls an endpoint gets at a time: found by itself, within bounds. */
    interface Concurrency {
        /** At least so many. */
        @WithDefault("1")
        int min();

        /** At most so many. */
        @WithDefault("256")
        int max();

        /** Always so many. */
        OptionalInt fixed();
    }
}
