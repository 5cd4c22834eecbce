package io.rationale.console.alerts;

import io.rationale.console.kafka.KafkaClients;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

/** Everybody who is told of alerts by HTTP. */
public final class Webhooks implements AutoCloseable {
    private final HttpClient http;
    private final List<WebhookSender> senders;

    private Webhooks(HttpClient http, List<WebhookSender> senders) {
        this.http = http;
        this.senders = senders;
    }

    /**
     * Begins to send.
     *
     * @param topic  of the alerts
     * @param group  of consumers, which with a webhook's name says how far that one has been told
     * @param giveUp the age at which an alert is not sent any more
     */
    static Webhooks start(List<Webhook> webhooks, KafkaClients clients, String topic, String group, Duration giveUp) {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        List<WebhookSender> senders = webhooks.stream()
                .map(webhook -> new WebhookSender(
                        webhook, topic, () -> clients.member(group + "-webhook-" + webhook.name(), 10), http, giveUp))
                .toList();
        senders.forEach(WebhookSender::start);
        return new Webhooks(http, senders);
    }

    @Override
    public void close() {
        senders.parallelStream().forEach(WebhookSender::close);
        http.shutdownNow();
    }
}
