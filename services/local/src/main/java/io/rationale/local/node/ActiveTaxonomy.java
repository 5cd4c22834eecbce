package io.rationale.local.node;

import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.InvalidTaxonomyException;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyVersions;
import io.rationale.local.command.UsageException;
import io.rationale.local.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Which taxonomy a node judges under when it starts: the one that the user names, which thereby is activated; else the
 * one that was activated last; else the one it had before, or the shipped one. Written to the data directory, where both
 * services find it when the topic says nothing.
 */
final class ActiveTaxonomy {
    private static final String COMMAND_LINE = "command line";

    private ActiveTaxonomy() {}

    /** @throws UsageException for an invalid file, or one whose version the directory already has with other content */
    static Taxonomy resolve(DataDirectory data, Optional<Path> file, String bootstrapServers, Instant now)
            throws IOException {
        TaxonomyTopic topic = new TaxonomyTopic(bootstrapServers);
        Taxonomy configured = configured(data);
        TaxonomyVersions versions = new TaxonomyVersions(configured, topic.read());
        Taxonomy active = versions.active();
        if (file.isPresent()) {
            Taxonomy named = read(file.get());
            versions.find(named.ref()).ifPresent(known -> requireSame(known, named, file.get()));
            if (!named.ref().equals(active.ref())) {
                active = versions.activation(named, COMMAND_LINE, now);
                topic.write(active, now);
            }
        } else if (!versions.published().containsKey(active.ref().toString())) {
            topic.write(active, now);
        }
        if (!Files.exists(data.taxonomy()) || !active.equals(configured)) {
            Path next = data.taxonomy().resolveSibling("taxonomy.json.next");
            Files.write(next, Json.bytes(active));
            Files.move(next, data.taxonomy(), StandardCopyOption.REPLACE_EXISTING);
        }
        return active;
    }

    /** What counts where nothing was ever activated. */
    static Taxonomy configured(DataDirectory data) throws IOException {
        return Files.exists(data.taxonomy()) ? Taxonomies.read(data.taxonomy()) : Taxonomies.ragFailures();
    }

    private static Taxonomy read(Path file) {
        try {
            return Taxonomies.read(file);
        } catch (InvalidTaxonomyException e) {
            throw new UsageException("The taxonomy " + file + " cannot be used. " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException("The taxonomy " + file + " cannot be read (" + e + ").");
        }
    }

    private static void requireSame(Taxonomy before, Taxonomy now, Path file) {
        if (!before.saysTheSameAs(now)) {
            throw new UsageException("The taxonomy " + file + " differs from the version " + now.ref()
                    + " that the data directory has. Raise its version, or name another directory with --data.");
        }
    }
}
