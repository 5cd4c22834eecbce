package io.rationale.console.statistics;

import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.topic.Topics;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * audit → each note's labels → signed changes → counts → category-statistics.
 *
 * <p>Every name below is part of the state on disk and of internal topics: renaming one loses the state behind it.
 */
public final class StatisticsTopology {
    /** Note id to everything decided about the note. */
    public static final String NOTE_LABELS = "note-labels";
    /** The notes of each label in order of falling agreement. */
    public static final String LABELLED_NOTES = "labelled-notes";
    /** Counts by bucket, version, label and source. */
    public static final String CATEGORY_COUNTS = "category-counts";

    private static final String COUNT_CHANGES = "count-changes";

    private StatisticsTopology() {}

    /**
     * The topology.
     *
     * @param onUnreadable called for each audit record that cannot be read
     */
    public static Topology of(Topics topics, Runnable onUnreadable) {
        Serde<CategoryCount> counts = JsonSerde.of(CategoryCount.class);
        StreamsBuilder builder = withStores();
        ProcessorSupplier<byte[], byte[], String, CategoryCount> labeller = () -> new LabelProcessor(onUnreadable);
        builder.stream(
                        topics.audit(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("audit"))
                .process(labeller, Named.as("label-notes"), NOTE_LABELS, LABELLED_NOTES)
                .groupByKey(Grouped.with(COUNT_CHANGES, Serdes.String(), counts))
                .aggregate(
                        () -> null,
                        (key, change, count) -> add(count, change),
                        Named.as("count-notes"),
                        Materialized.<String, CategoryCount>as(Stores.persistentKeyValueStore(CATEGORY_COUNTS))
                                .withKeySerde(Serdes.String())
                                .withValueSerde(counts)
                                .withCachingEnabled())
                .toStream(Named.as("changed-counts"))
                .to(
                        topics.categoryStatistics(),
                        Produced.with(Serdes.String(), counts).withName("category-statistics"));
        return builder.build();
    }

    /** The topic through which count changes reach the task that counts them. */
    public static String repartitionTopic(String applicationId) {
        return applicationId + "-" + COUNT_CHANGES + "-repartition";
    }

    private static StreamsBuilder withStores() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(NOTE_LABELS), Serdes.String(), JsonSerde.of(NoteLabels.class))
                .withCachingEnabled());
        builder.addStateStore(Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(LABELLED_NOTES),
                        Serdes.String(),
                        JsonSerde.of(NoteSummary.class))
                .withCachingEnabled());
        return builder;
    }

    /** Null, which Streams makes a tombstone, when no note is left. */
    private static CategoryCount add(CategoryCount count, CategoryCount change) {
        CategoryCount sum = count == null ? change : count.plus(change);
        return sum.count() == 0 ? null : sum;
    }
}
