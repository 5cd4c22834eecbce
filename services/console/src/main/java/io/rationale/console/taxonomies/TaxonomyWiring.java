package io.rationale.console.taxonomies;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.kafka.TopicTable;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.Taxonomy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts together what is known of taxonomies. */
@Singleton
public class TaxonomyWiring {
    @Produces
    @Singleton
    TopicTable<Taxonomy> published(KafkaClients clients, ConsoleSetup setup) {
        return new TopicTable<>(
                clients, setup.topics().taxonomies(), "taxonomies", bytes -> Json.read(bytes, Taxonomy.class));
    }

    void start(@Observes StartupEvent event, TopicTable<Taxonomy> published) {
        published.start();
    }

    void stop(@Observes ShutdownEvent event, TopicTable<Taxonomy> published) {
        published.close();
    }

    @Produces
    @Singleton
    KnownTaxonomies known(ConsoleSetup setup, TopicTable<Taxonomy> published) {
        return new KnownTaxonomies(setup.taxonomy(), published::all);
    }
}
