package io.rationale.console.statistics;

import io.rationale.core.topic.Topics;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * audit → each note's labels and the counts of its partition → category-statistics: one hop, because counts are
 * partial and readers add them up.
 *
 * <p>Every name below is part of the state on disk and of internal topics: renaming one loses the state behind it.
 */
public final class StatisticsTopology {
    /** Note id to everything decided about the note. */
    public static final String NOTE_LABELS = "note-labels";
    /** Counts by bucket, version, label and source, of one audit partition. */
    public static final String CATEGORY_COUNTS = "category-counts";

    /**
     * Ends the default of {@code quarkus.kafka-streams.application-id}. The number goes up with a form of state that
     * replicas of the version before cannot share.
     */
    public static final String APPLICATION_SUFFIX = "console-2";

    private StatisticsTopology() {}

    /** The application of a deployment, which is also its consumer group, unless another is configured. */
    public static String applicationId(Topics topics) {
        return topics.prefix() + APPLICATION_SUFFIX;
    }

    /**
     * What the topology is made from.
     *
     * @param topics       by name
     * @param dimensions   names of note labels that are counted, too
     * @param retention    for how long counts have a time
     * @param pace         is told of each audit record; says whether to commit at once
     * @param onUnreadable called for each audit record that cannot be read
     */
    public record Settings(
            Topics topics, Set<String> dimensions, Duration retention, CountingPace pace, Runnable onUnreadable) {
        /** Counts are kept in minutes for so long, so a shorter retention has no meaning. */
        public static final Duration SHORTEST_RETENTION = Duration.ofDays(2);

        /** Dimension of {@link CategoryTables#cross} that is no note label. */
        static final String SOURCE = "source";

        /** @throws IllegalArgumentException with a sentence that says what to change */
        public Settings {
            dimensions = Set.copyOf(dimensions);
            if (retention.compareTo(SHORTEST_RETENTION) < 0) {
                throw new IllegalArgumentException("rationale.statistics.retention is " + retention.toHours()
                        + " h: set it to two days at least (2d).");
            }
            if (dimensions.contains(SOURCE)) {
                throw new IllegalArgumentException(
                        "rationale.statistics.dimensions names 'source', which is counted" + " anyway: take it out.");
            }
        }
    }

    /** The topology by itself. */
    public static Topology of(Settings settings) {
        StreamsBuilder builder = new StreamsBuilder();
        addTo(builder, settings);
        return builder.build();
    }

    /** Adds it to another. */
    public static void addTo(StreamsBuilder builder, Settings settings) {
        // Without a cache: events of one note are mostly far apart, and keeping them sorted cost more than it saved.
        builder.addStateStore(Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(NOTE_LABELS),
                        Serdes.String(),
                        BinarySerde.of(NoteState::write, NoteState::read))
                .withCachingDisabled());
        builder.addStateStore(new CountStoreBuilder(CATEGORY_COUNTS));
        ProcessorSupplier<byte[], byte[], byte[], byte[]> labeller = () -> new LabelProcessor(settings);
        builder.stream(
                        settings.topics().audit(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("audit"))
                .process(labeller, Named.as("label-notes"), NOTE_LABELS, CATEGORY_COUNTS)
                .to(
                        settings.topics().categoryStatistics(),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("category-statistics"));
    }
}
