package io.rationale.core.topic;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * For how long topics keep their records, where somebody said so: {@code rationale.retention.<topic>}. A topic without a
 * setting is created with the default and left as it is.
 *
 * @param millis Kafka's {@code retention.ms} by the topic's name without prefix; -1 for ever
 */
public record Retention(Map<String, Long> millis) {
    /** Nobody said anything. */
    public static final Retention NONE = new Retention(Map.of());

    private static final String KEY = "rationale.retention.";
    private static final long FOR_EVER = -1;
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Pattern SIMPLE = Pattern.compile("(\\d{1,9})\\s*(d|h|m|s)");
    /** A record may outlive its time by the length of a segment: a tenth of that time, as far as that is sensible. */
    private static final int SEGMENTS = 10;

    private static final long LEAST_SEGMENT_MILLIS = 1_000;
    private static final long MOST_SEGMENT_MILLIS = Duration.ofDays(7).toMillis();

    /** What would be lost with the records of these topics. */
    private static final Map<String, String> STATE = Map.of(
            "taxonomies", "versions that notes were judged under",
            "category-statistics", "counts",
            "discoveries", "what discoveries found",
            "remedies", "remedies",
            "reclassifications", "how jobs stand",
            "reclassification-requests", "jobs that are paused",
            "reclassification-notes", "notes that wait to be judged again; those of ended jobs are deleted anyway");

    public Retention {
        millis = Map.copyOf(millis);
    }

    /**
     * Reads what was configured.
     *
     * @param configured duration ({@code 90d}, {@code 12h}, {@code 30m}, ISO 8601) or {@code forever}, by topic
     * @throws IllegalArgumentException with a sentence that says what to change
     */
    public static Retention of(Map<String, String> configured) {
        Set<String> known = names();
        Map<String, Long> millis = new HashMap<>();
        new TreeMap<>(configured).forEach((given, value) -> {
            // In the environment a name has no hyphens.
            String topic = given.toLowerCase(Locale.ROOT).replace('.', '-').replace('_', '-');
            if (!known.contains(topic)) {
                throw new IllegalArgumentException(KEY + given + " names no topic: there are "
                        + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
            }
            millis.put(topic, read(topic, value));
        });
        Retention retention = new Retention(millis);
        retention.requireChain();
        return retention;
    }

    private static long read(String topic, String value) {
        String text = value.strip().toLowerCase(Locale.ROOT);
        if (text.equals("forever") || text.equals("-1")) {
            return FOR_EVER;
        }
        Duration kept = duration(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        KEY + topic + " is '" + value + "': set it to a time such as 90d, 12h or 30m, or to forever."));
        if (kept.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    KEY + topic + " is '" + value + "': a second (1s) is the least, and forever is without end.");
        }
        if (STATE.containsKey(topic)) {
            throw new IllegalArgumentException(KEY + topic + "=" + value + " would lose " + STATE.get(topic)
                    + ": leave the key out, or set it to forever.");
        }
        return kept.toMillis();
    }

    private static Optional<Duration> duration(String text) {
        Matcher simple = SIMPLE.matcher(text);
        if (simple.matches()) {
            long count = Long.parseLong(simple.group(1));
            return Optional.of(
                    switch (simple.group(2)) {
                        case "d" -> Duration.ofDays(count);
                        case "h" -> Duration.ofHours(count);
                        case "m" -> Duration.ofMinutes(count);
                        default -> Duration.ofSeconds(count);
                    });
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** A chain that ends before its audit would say nothing of the audit's beginning. */
    private void requireChain() {
        long chain = millis.getOrDefault("audit-chain", FOR_EVER);
        long audit = millis.getOrDefault("audit", FOR_EVER);
        if (chain != FOR_EVER && (audit == FOR_EVER || chain < audit)) {
            throw new IllegalArgumentException(KEY + "audit-chain is shorter than " + KEY
                    + "audit: what the audit holds could not be verified. Keep the chain as long at least.");
        }
    }

    private static Set<String> names() {
        return Topics.DEFAULT.specs(1).stream()
                .map(spec -> shortName(Topics.DEFAULT, spec.name()))
                .collect(Collectors.toSet());
    }

    /** A topic's name without its prefix. */
    public static String shortName(Topics topics, String topic) {
        return topic.substring(topics.prefix().length());
    }

    /** For how long that topic is to keep records; nothing for ever, or where nobody said so. */
    public Optional<Duration> of(String shortName) {
        return Optional.ofNullable(millis.get(shortName))
                .filter(value -> value != FOR_EVER)
                .map(Duration::ofMillis);
    }

    /** These topics as they are to be. */
    public List<Topics.Spec> applied(Topics topics, List<Topics.Spec> specs) {
        return specs.stream().map(spec -> applied(topics, spec)).toList();
    }

    private Topics.Spec applied(Topics topics, Topics.Spec spec) {
        Map<String, String> configs = new HashMap<>(spec.configs());
        configs.putAll(configs(shortName(topics, spec.name())));
        return new Topics.Spec(spec.name(), spec.partitions(), configs);
    }

    /** What is to be set of topics that exist, by their full names: Kafka's keys with values. */
    public Map<String, Map<String, String>> changes(Topics topics) {
        Map<String, Map<String, String>> changes = new TreeMap<>();
        millis.keySet().forEach(name -> changes.put(topics.prefix() + name, configs(name)));
        return changes;
    }

    private Map<String, String> configs(String shortName) {
        Long kept = millis.get(shortName);
        if (kept == null) {
            return Map.of();
        }
        return kept == FOR_EVER
                ? Map.of("retention.ms", String.valueOf(FOR_EVER))
                : Map.of("retention.ms", String.valueOf(kept), "segment.ms", String.valueOf(segmentMillis(kept)));
    }

    /** Kafka deletes whole segments, when their last record's time is over. */
    private static long segmentMillis(long kept) {
        return Math.clamp(kept / SEGMENTS, LEAST_SEGMENT_MILLIS, MOST_SEGMENT_MILLIS);
    }
}
