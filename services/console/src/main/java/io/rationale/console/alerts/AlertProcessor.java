package io.rationale.console.alerts;

import io.rationale.core.alert.Alert;
import io.rationale.core.audit.CloudEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Evaluates the rules every second and sends on what begins and what ends. It reads the topic of the counts only to be
 * the one task that owns it: of all replicas exactly one evaluates, and another takes over with the alerts that are
 * raised. What it sends and what it remembers are one transaction, so that each alert is raised once.
 */
final class AlertProcessor implements Processor<byte[], byte[], String, Alert> {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final String SOURCE = "/rationale/console";
    private static final String TYPE = "io.rationale.alert.v1";

    private final RuleEvaluator rules;
    private ProcessorContext<String, Alert> context;
    private KeyValueStore<String, Alert> raised;

    AlertProcessor(RuleEvaluator rules) {
        this.rules = rules;
    }

    @Override
    public void init(ProcessorContext<String, Alert> processorContext) {
        context = processorContext;
        raised = processorContext.getStateStore(AlertTopology.RAISED_ALERTS);
        processorContext.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::evaluate);
    }

    /** The counts themselves are read by the replica's view. */
    @Override
    public void process(Record<byte[], byte[]> ignored) {}

    private void evaluate(long millis) {
        Instant now = Instant.ofEpochMilli(millis);
        Map<String, Reading> readings = rules.readings(now).stream()
                .collect(Collectors.toMap(Reading::subject, Function.identity(), (a, b) -> a));
        Map<String, Alert> before = before();
        before.forEach((subject, alert) -> {
            Reading reading = readings.get(subject);
            if (reading == null ? isOver(alert) : !reading.persists()) {
                raised.delete(subject);
                send(subject, alert.cleared(now, reading == null ? over(alert) : reading.summary()));
            }
        });
        readings.values().stream()
                .filter(Reading::holds)
                .filter(reading -> !before.containsKey(reading.subject()))
                .forEach(reading -> raise(reading, now));
    }

    private Map<String, Alert> before() {
        Map<String, Alert> before = new HashMap<>();
        try (KeyValueIterator<String, Alert> all = raised.all()) {
            all.forEachRemaining(each -> before.put(each.key, each.value));
        }
        return before;
    }

    /** A rule that cannot be judged yet says nothing about its alerts. */
    private boolean isOver(Alert alert) {
        return !rules.has(alert.rule()) || rules.isComplete(alert.rule());
    }

    private String over(Alert alert) {
        return rules.has(alert.rule()) ? "No notes any more." : "The rule is not configured any more.";
    }

    private void raise(Reading reading, Instant now) {
        Alert alert = new Alert(
                1,
                UUID.randomUUID().toString(),
                Alert.State.RAISED,
                reading.rule().name(),
                reading.rule().condition(),
                reading.category(),
                now,
                now,
                reading.summary(),
                reading.rule().counts() ? rules.taxonomy() : null,
                reading.suggestion());
        raised.put(reading.subject(), alert);
        send(reading.subject(), alert);
    }

    private void send(String subject, Alert alert) {
        RecordHeaders headers = new RecordHeaders();
        CloudEvents.headers(alert.id() + "/" + alert.state().code(), SOURCE, TYPE, subject, alert.at())
                .forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
        context.forward(new Record<>(subject, alert, alert.at().toEpochMilli(), headers));
        context.commit();
    }
}
