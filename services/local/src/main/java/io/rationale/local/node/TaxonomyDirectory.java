package io.rationale.local.node;

import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyVersions;
import io.rationale.kafka.EmbeddedKafka;
import io.rationale.local.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** The taxonomies of a data directory that no node works in: its broker runs for as long as this is open. */
public final class TaxonomyDirectory implements AutoCloseable {
    private final DataDirectory data;
    private final EmbeddedKafka broker;
    private final TaxonomyTopic topic;

    private TaxonomyDirectory(DataDirectory data, EmbeddedKafka broker) {
        this.data = data;
        this.broker = broker;
        this.topic = new TaxonomyTopic(broker.bootstrapServers());
    }

    /** @throws io.rationale.local.command.UsageException when another process has it */
    public static TaxonomyDirectory open(Path path) {
        LocalNode.quiet();
        DataDirectory data = DataDirectory.open(path);
        try {
            EmbeddedKafka broker = EmbeddedKafka.start(data.kafka(), 0);
            broker.createTopics(LocalNode.topics());
            return new TaxonomyDirectory(data, broker);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /** What there is, and which version is active. */
    public TaxonomyVersions versions() throws IOException {
        return new TaxonomyVersions(ActiveTaxonomy.configured(data), topic.read());
    }

    /** That version is as it is said here from now on. */
    public void write(Taxonomy taxonomy, Instant now) throws IOException {
        topic.write(taxonomy, now);
    }

    @Override
    public void close() {
        try {
            broker.close();
        } finally {
            data.close();
        }
    }
}
