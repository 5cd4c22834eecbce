package io.rationale.console.taxonomies;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.rationale.console.ConsoleConfig;
import io.rationale.console.events.LiveSignals;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.prompt.PromptRoom;
import io.rationale.core.taxonomy.InvalidTaxonomyException;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import io.rationale.topics.TaxonomyFeed;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Puts together what is known of taxonomies, and what changes them. */
@Singleton
public class TaxonomyWiring {
    private static final int LEAST_CONTEXT = 1_024;

    @Produces
    @Singleton
    TaxonomyFeed feed(
            @Identifier("default-kafka-broker") Map<String, Object> connection,
            ConsoleConfig config,
            LiveSignals signals) {
        return new TaxonomyFeed(
                connection,
                "console-taxonomies",
                new Topics(config.topicPrefix()).taxonomies(),
                published -> signals.changed("taxonomies"));
    }

    void start(@Observes StartupEvent event, TaxonomyFeed feed, TaxonomyService service) {
        feed.start();
    }

    void stop(@Observes ShutdownEvent event, TaxonomyFeed feed) {
        feed.close();
    }

    @Produces
    @Singleton
    KnownTaxonomies known(ConsoleConfig config, TaxonomyFeed feed) {
        Taxonomy configured = config.taxonomyFile().map(TaxonomyWiring::read).orElseGet(Taxonomies::ragFailures);
        return new KnownTaxonomies(configured, feed::published);
    }

    private static Taxonomy read(Path file) {
        try {
            return Taxonomies.read(file);
        } catch (InvalidTaxonomyException e) {
            throw new ConfigurationException(
                    "The taxonomy file " + file + " cannot be used: check rationale.taxonomy-file. " + e.getMessage());
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The taxonomy file " + file + " cannot be read (" + e + "): check rationale.taxonomy-file.");
        }
    }

    @Produces
    @Singleton
    TaxonomyService service(KnownTaxonomies taxonomies, TaxonomyFeed feed, KafkaClients clients, ConsoleConfig config) {
        int context = config.taxonomies().contextTokens();
        if (context < LEAST_CONTEXT) {
            throw new ConfigurationException("rationale.taxonomies.context-tokens is " + context
                    + ": set it to the tokens of R1's context, " + LEAST_CONTEXT + " or more.");
        }
        return new TaxonomyService(
                taxonomies,
                feed::isLoaded,
                new TaxonomyLog(clients, new Topics(config.topicPrefix()).taxonomies(), feed, InstantSource.system()),
                PromptRoom.ofContext(context),
                InstantSource.system());
    }
}
