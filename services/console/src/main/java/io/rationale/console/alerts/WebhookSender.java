package io.rationale.console.alerts;

import io.rationale.console.kafka.ReaderThread;
import io.rationale.core.alert.Alert;
import io.rationale.core.json.Json;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Takes the alerts to one webhook, in their order, on a thread of its own. All replicas share a consumer group, of which
 * one member sends; an alert is committed after it arrived, so it arrives at least once. One that does not arrive is
 * tried again, ever more slowly, until it is too old; the others wait behind it, since "cleared" before "raised" would be
 * wrong.
 */
final class WebhookSender implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WebhookSender.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Less than the poll interval after which Kafka would hand the alerts to another replica. */
    private static final Duration LONGEST_TRY = Duration.ofMinutes(4);

    private final Webhook webhook;
    private final String topic;
    private final HttpClient http;
    private final Duration giveUp;
    private final ReaderThread thread;

    /**
     * @param consumers makes a consumer of the webhook's group, which begins at the beginning of the topic
     * @param giveUp    the age at which an alert is not sent any more
     */
    WebhookSender(
            Webhook webhook,
            String topic,
            Supplier<Consumer<byte[], byte[]>> consumers,
            HttpClient http,
            Duration giveUp) {
        this.webhook = webhook;
        this.topic = topic;
        this.http = http;
        this.giveUp = giveUp;
        this.thread = new ReaderThread("webhook-" + webhook.name(), consumers, this::read);
    }

    void start() {
        thread.start();
    }

    private void read(Consumer<byte[], byte[]> reader) {
        reader.subscribe(List.of(topic));
        while (thread.isOpen()) {
            for (ConsumerRecord<byte[], byte[]> each : reader.poll(POLL)) {
                if (!deliver(reader, each)) {
                    break;
                }
            }
        }
    }

    /** @return false when it is to be read again */
    private boolean deliver(Consumer<byte[], byte[]> reader, ConsumerRecord<byte[], byte[]> each) {
        TopicPartition partition = new TopicPartition(each.topic(), each.partition());
        if (!arrived(each)) {
            reader.seek(partition, each.offset());
            return false;
        }
        reader.commitSync(Map.of(partition, new OffsetAndMetadata(each.offset() + 1)));
        return true;
    }

    /** Whether it is done with: taken, refused, unreadable or too old. */
    private boolean arrived(ConsumerRecord<byte[], byte[]> each) {
        Alert alert;
        try {
            alert = Json.read(each.value(), Alert.class);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            LOG.warnf("Passed over an alert that cannot be read; offset=%d", each.offset());
            return true;
        }
        if (isTooOld(each)) {
            LOG.debugf("An alert is too old to be sent webhook=%s offset=%d", webhook.name(), each.offset());
            return true;
        }
        long begin = System.nanoTime();
        for (Duration pause = FIRST_PAUSE; thread.isOpen(); pause = longer(pause)) {
            switch (webhook.post(http, alert)) {
                case Webhook.Result.Taken ignored -> {
                    return true;
                }
                case Webhook.Result.Refused refused -> {
                    LOG.errorf("The webhook refuses an alert webhook=%s %s", webhook.name(), refused.why());
                    return true;
                }
                case Webhook.Result.Again again -> {
                    if (isTooOld(each)) {
                        LOG.errorf("An alert is too old to be sent webhook=%s %s", webhook.name(), again.why());
                        return true;
                    }
                    LOG.warnf(
                            "The webhook does not take an alert, which is sent again webhook=%s %s",
                            webhook.name(), again.why());
                }
            }
            if (System.nanoTime() - begin > LONGEST_TRY.minus(pause).toNanos()) {
                return false;
            }
            thread.pause(pause);
        }
        return false;
    }

    /** Also what was before a webhook was configured. */
    private boolean isTooOld(ConsumerRecord<byte[], byte[]> each) {
        return System.currentTimeMillis() - each.timestamp() > giveUp.toMillis();
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }

    @Override
    public void close() {
        thread.close();
    }
}
