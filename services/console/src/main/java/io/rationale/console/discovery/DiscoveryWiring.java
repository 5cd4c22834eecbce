package io.rationale.console.discovery;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.events.LiveSignals;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.notes.AuditReader;
import io.rationale.console.notes.DiscoveryReader;
import io.rationale.console.notes.ExchangeReader;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.console.taxonomies.TaxonomyService;
import io.rationale.core.redaction.Redactor;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Puts the discoveries together. */
@Singleton
public class DiscoveryWiring {
    @Produces
    @Singleton
    DiscoveryTable table(KafkaClients clients, ConsoleSetup setup, LiveSignals signals) {
        return new DiscoveryTable(clients, setup.topics().discoveries(), () -> signals.changed("discoveries"));
    }

    @Produces
    @Singleton
    DiscoveryWriter writer(KafkaClients clients, ConsoleSetup setup, Redactor redactor) {
        return new DiscoveryWriter(clients, setup.topics(), redactor.uncounted());
    }

    void close(@Disposes DiscoveryWriter writer) {
        writer.close();
    }

    @Produces
    @Singleton
    DiscoveryReader reader(KafkaClients clients, ConsoleSetup setup) {
        return new DiscoveryReader(clients, setup.topics().discoveries());
    }

    void close(@Disposes DiscoveryReader reader) {
        reader.close();
    }

    @Produces
    @Singleton
    IndexSample samples(NoteSearch notes, AuditReader audit) {
        return new IndexSample(notes, audit);
    }

    @Produces
    @Singleton
    Drawings drawings(IndexSample samples, DiscoveryWriter writer, DiscoveryTable table, ConsoleSetup setup) {
        return new Drawings(samples, writer, table, setup.clock(), "console-" + UUID.randomUUID());
    }

    @Produces
    @Singleton
    DiscoveryService service(
            DiscoveryTable table,
            Drawings drawings,
            IndexSample samples,
            DiscoveryWriter writer,
            DiscoveryReader reader,
            ExchangeReader exchanges,
            KnownTaxonomies known,
            TaxonomyService taxonomies,
            ConsoleSetup setup) {
        return new DiscoveryService(
                table, drawings, samples, writer, reader, exchanges, known, taxonomies, setup.clock());
    }

    @Produces
    @Singleton
    CategorySamples categorySamples(NoteSearch notes, TaxonomyService taxonomies, DiscoveryService discoveries) {
        return new CategorySamples(notes, taxonomies, discoveries);
    }

    void start(@Observes StartupEvent event, DiscoveryTable table, Drawings drawings) {
        table.start();
        drawings.start();
    }

    void stop(@Observes ShutdownEvent event, DiscoveryTable table, Drawings drawings) {
        drawings.close();
        table.close();
    }
}
