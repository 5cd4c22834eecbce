package io.rationale.console.alerts;

import io.rationale.console.kafka.CompactedTopicReader;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.alert.Alert;
import io.rationale.core.json.Json;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The alerts: those that are raised, and the latest that began or ended. Each replica holds them. Thread safe. */
public final class AlertLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AlertLog.class);
    private static final int LATEST = 1_000;

    private final Map<String, Alert> raised = new LinkedHashMap<>();
    private final Deque<Alert> latest = new ArrayDeque<>();
    private final CompactedTopicReader reader;
    private final Runnable onChange;

    /**
     * @param topic    of the alerts
     * @param onChange runs after each change, on the reader's thread: it must not block
     */
    public AlertLog(KafkaClients clients, String topic, Runnable onChange) {
        this.onChange = onChange;
        this.reader = new CompactedTopicReader(clients, topic, "alert-log", new CompactedTopicReader.Sink() {
            @Override
            public void clear() {
                AlertLog.this.clear();
            }

            @Override
            public void apply(Iterable<ConsumerRecord<byte[], byte[]>> records) {
                AlertLog.this.apply(records);
            }
        });
    }

    /** Begins to read. */
    public void start() {
        reader.start();
    }

    /** What is raised now, the newest first. */
    public synchronized List<Alert> raised() {
        return raised.values().stream()
                .sorted(Comparator.comparing(Alert::raisedAt).reversed())
                .toList();
    }

    /** What began or ended last, the newest first. @param most of them, up to 1,000 */
    public synchronized List<Alert> latest(int most) {
        List<Alert> newest = new ArrayList<>(latest).reversed();
        return List.copyOf(newest.subList(0, Math.min(most, newest.size())));
    }

    private synchronized void clear() {
        raised.clear();
        latest.clear();
    }

    private void apply(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        synchronized (this) {
            records.forEach(this::apply);
        }
        onChange.run();
    }

    private void apply(ConsumerRecord<byte[], byte[]> each) {
        try {
            apply(Json.read(each.value(), Alert.class));
        } catch (UncheckedIOException | IllegalArgumentException e) {
            LOG.warnf("Passed over an alert that cannot be read; offset=%d", each.offset());
        }
    }

    private void apply(Alert alert) {
        String subject = Alert.subject(alert.rule(), alert.category());
        if (alert.state() == Alert.State.RAISED) {
            raised.put(subject, alert);
        } else {
            raised.remove(subject);
        }
        latest.addLast(alert);
        if (latest.size() > LATEST) {
            latest.removeFirst();
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
