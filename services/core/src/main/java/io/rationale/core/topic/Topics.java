package io.rationale.core.topic;

import java.util.List;
import java.util.Map;

/**
 * The topics, by name and with what they need. The broker's administrator, the embedded broker and {@code
 * asyncapi.yaml} all say the same.
 *
 * @param prefix before every name, {@code rationale.} unless configured
 */
public record Topics(String prefix) {
    /** The prefix of a deployment that says nothing else. */
    public static final Topics DEFAULT = new Topics("rationale.");

    /**
     * Partitions of the intake's requests, in every deployment: each belongs to one transactional id, so that no other
     * transaction hides what that one has committed.
     */
    public static final int INTAKE_SLOTS = 32;

    private static final String FOR_EVER = "-1";
    private static final long HOUR = 60L * 60 * 1000;
    /** Exchanges and audit events carry whole chains of thought, which pass Kafka's 1 MiB. */
    private static final String MAX_MESSAGE_BYTES = String.valueOf(16 * 1024 * 1024);

    /** What a topic needs; {@code configs} are Kafka's topic configurations. */
    public record Spec(String name, int partitions, Map<String, String> configs) {
        public Spec {
            configs = Map.copyOf(configs);
        }
    }

    /** Notes as applications and people send them, by note id. */
    public String notes() {
        return prefix + "notes";
    }

    /** Everything ever decided about a note, in order, by note id. */
    public String audit() {
        return prefix + "audit";
    }

    /** Links of the chain over the audit, by the audit's partition: each stands in the partition of that number. */
    public String auditChain() {
        return prefix + "audit-chain";
    }

    /** Every R1 request and raw response, by exchange id. */
    public String exchanges() {
        return prefix + "exchanges";
    }

    /** Versions of taxonomies, by {@code id@version}. */
    public String taxonomies() {
        return prefix + "taxonomies";
    }

    /** What could not be judged, with original bytes and the reason in the headers. */
    public String deadLetters() {
        return prefix + "dead-letters";
    }

    /** Counts by bucket and dimensions. */
    public String categoryStatistics() {
        return prefix + "category-statistics";
    }

    /** Which alerts began and ended, by rule and category. */
    public String alerts() {
        return prefix + "alerts";
    }

    /** How each classifier is, by instance. */
    public String status() {
        return prefix + "status";
    }

    /** Which discoveries are to begin or to end, by run id. */
    public String discoveryRequests() {
        return prefix + "discovery-requests";
    }

    /** How each discovery stands and what it found, by run id. */
    public String discoveries() {
        return prefix + "discoveries";
    }

    /** What was done against categories of failures, by remedy id. */
    public String remedies() {
        return prefix + "remedies";
    }

    /** Which reclassifications are to begin, pause, go on or end, by job id. */
    public String reclassificationRequests() {
        return prefix + "reclassification-requests";
    }

    /** How each reclassification stands, by job id. */
    public String reclassifications() {
        return prefix + "reclassifications";
    }

    /** Notes that are to be judged again, by note id. Records of jobs that have ended are deleted. */
    public String reclassificationNotes() {
        return prefix + "reclassification-notes";
    }

    /** What HTTP requests with an idempotency key came to, by the key's SHA-256. */
    public String intakeRequests() {
        return prefix + "intake-requests";
    }

    /**
     * All topics.
     *
     * @param partitions of the topics that scale with the notes
     */
    public List<Spec> specs(int partitions) {
        return List.of(
                spec(notes(), partitions, "delete", String.valueOf(7L * 24 * 60 * 60 * 1000)),
                spec(audit(), partitions, "delete", FOR_EVER),
                spec(auditChain(), partitions, "delete", FOR_EVER),
                spec(exchanges(), partitions, "delete", FOR_EVER),
                spec(deadLetters(), 1, "delete", FOR_EVER),
                spec(taxonomies(), 1, "compact", FOR_EVER),
                spec(categoryStatistics(), 1, "compact", FOR_EVER),
                spec(alerts(), 1, "delete", FOR_EVER),
                spec(status(), 1, "compact,delete", String.valueOf(24 * HOUR)),
                spec(discoveryRequests(), 1, "delete", String.valueOf(7 * 24 * HOUR)),
                spec(discoveries(), 1, "compact", FOR_EVER),
                spec(remedies(), 1, "compact", FOR_EVER),
                spec(reclassificationRequests(), 1, "delete", FOR_EVER),
                spec(reclassifications(), 1, "compact", FOR_EVER),
                // A job may be paused for as long as people like; what has ended is deleted by the console.
                spec(reclassificationNotes(), partitions, "delete", FOR_EVER),
                new Spec(
                        intakeRequests(),
                        INTAKE_SLOTS,
                        Map.of(
                                "cleanup.policy",
                                "compact,delete",
                                "retention.ms",
                                String.valueOf(24 * HOUR),
                                // A segment is forgotten as a whole, a day after its last record.
                                "segment.ms",
                                String.valueOf(HOUR),
                                "max.message.bytes",
                                MAX_MESSAGE_BYTES)));
    }

    private static Spec spec(String name, int partitions, String cleanup, String retentionMillis) {
        return new Spec(
                name,
                partitions,
                Map.of(
                        "cleanup.policy", cleanup,
                        "retention.ms", retentionMillis,
                        "max.message.bytes", MAX_MESSAGE_BYTES));
    }
}
