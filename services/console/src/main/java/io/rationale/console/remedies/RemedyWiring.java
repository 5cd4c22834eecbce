package io.rationale.console.remedies;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.events.LiveSignals;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.kafka.TopicTable;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.json.Json;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.remedy.Remedy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the remedies together. */
@Singleton
public class RemedyWiring {
    @Produces
    @Singleton
    RemedyService service(
            KafkaClients clients,
            KnownTaxonomies taxonomies,
            ConsoleSetup setup,
            Redactor redactor,
            LiveSignals signals) {
        String topic = setup.topics().remedies();
        TopicTable<Remedy> table =
                new TopicTable<>(clients, topic, "remedies", value -> Json.read(value, Remedy.class));
        table.onChange(() -> signals.changed("remedies"));
        return new RemedyService(table, taxonomies, RemedyWriter.connected(clients, topic), redactor, setup.clock());
    }

    @Produces
    @Singleton
    RemedyEffects effects(NoteSearch notes, KnownTaxonomies taxonomies) {
        return new RemedyEffects(notes, taxonomies);
    }

    /** Made at the start, so that the first question need not wait for the topic. */
    void start(@Observes StartupEvent event, RemedyService service) {
        service.begin();
    }

    void stop(@Observes ShutdownEvent event, RemedyService service) {
        service.close();
    }
}
