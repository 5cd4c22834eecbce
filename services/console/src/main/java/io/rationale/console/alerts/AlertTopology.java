package io.rationale.console.alerts;

import io.rationale.console.statistics.JsonSerde;
import io.rationale.core.alert.Alert;
import io.rationale.core.topic.Topics;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/** category-statistics → rules → alerts. The names below are part of the state on disk. */
public final class AlertTopology {
    /** Alerts that are raised and have not cleared, by subject. */
    public static final String RAISED_ALERTS = "raised-alerts";

    private AlertTopology() {}

    /**
     * Adds it to a topology.
     *
     * @param rules        what to look for; without rules nothing is added but the clearing of what was raised before
     * @param observations what they look at
     */
    public static void addTo(StreamsBuilder builder, Topics topics, List<AlertRule> rules, Observations observations) {
        RuleEvaluator evaluator = new RuleEvaluator(rules, observations);
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(RAISED_ALERTS), Serdes.String(), JsonSerde.of(Alert.class)));
        ProcessorSupplier<byte[], byte[], String, Alert> processor = () -> new AlertProcessor(evaluator);
        builder.stream(
                        topics.categoryStatistics(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("counts"))
                .process(processor, Named.as("evaluate-rules"), RAISED_ALERTS)
                .to(
                        topics.alerts(),
                        Produced.with(Serdes.String(), JsonSerde.of(Alert.class))
                                .withName("alerts"));
    }
}
