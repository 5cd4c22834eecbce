package io.rationale.console.alerts;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.rationale.console.ConsoleConfig;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.events.LiveSignals;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.kafka.TopicTable;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.statistics.CategoryTables;
import io.rationale.console.statistics.StatisticsView;
import io.rationale.console.status.Classifiers;
import io.rationale.core.json.Json;
import io.rationale.core.status.ClassifierStatus;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;

/** Puts together what watches R1 and the counts and tells people. */
@Singleton
public class AlertWiring {
    private Webhooks webhooks;

    @Produces
    @Singleton
    TopicTable<ClassifierStatus> statuses(KafkaClients clients, ConsoleSetup setup) {
        return new TopicTable<>(
                clients, setup.topics().status(), "status", value -> Json.read(value, ClassifierStatus.class));
    }

    void close(@Disposes TopicTable<ClassifierStatus> statuses) {
        statuses.close();
    }

    @Produces
    @Singleton
    Classifiers classifiers(TopicTable<ClassifierStatus> statuses) {
        return new Classifiers(statuses);
    }

    @Produces
    @Singleton
    AlertLog log(KafkaClients clients, ConsoleSetup setup, LiveSignals signals) {
        return new AlertLog(clients, setup.topics().alerts(), () -> signals.changed("alerts"));
    }

    void close(@Disposes AlertLog log) {
        log.close();
    }

    @Produces
    @Singleton
    Observations observations(CategoryTables tables, StatisticsView view, Classifiers classifiers, NoteSearch notes) {
        return new TableObservations(tables, view, classifiers, notes);
    }

    void start(
            @Observes StartupEvent event,
            ConsoleConfig config,
            ConsoleSetup setup,
            KafkaClients clients,
            TopicTable<ClassifierStatus> statuses,
            AlertLog log) {
        List<Webhook> hooks = config.alerts().webhooks().entrySet().stream()
                .map(each -> webhook(each.getKey(), each.getValue()))
                .toList();
        statuses.start();
        log.start();
        webhooks = Webhooks.start(
                hooks,
                clients,
                setup.topics().alerts(),
                setup.applicationId(),
                config.alerts().giveUp());
    }

    void stop(@Observes ShutdownEvent event) {
        if (webhooks != null) {
            webhooks.close();
        }
    }

    private static Webhook webhook(String name, ConsoleConfig.Hook hook) {
        URI url = hook.url();
        boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!isHttp || url.getHost() == null) {
            throw new ConfigurationException(
                    "rationale.alerts.webhooks." + name + ".url is no address that begins with http:// or https://.");
        }
        return new Webhook(name, url, hook.format(), hook.token());
    }
}
