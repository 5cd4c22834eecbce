package io.rationale.local.node;

import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.InvalidTaxonomyException;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import io.rationale.local.command.UsageException;
import io.rationale.local.data.DataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Which taxonomy a node judges under: the one that the user names, else the one it had before, else the shipped one.
 * Written to the data directory, from which both services read it, and to the taxonomies topic.
 */
final class ActiveTaxonomy {
    private ActiveTaxonomy() {}

    /** @throws UsageException for an invalid file, or one whose version the directory already has with other content */
    static Taxonomy resolve(DataDirectory data, Optional<Path> file, String bootstrapServers) throws IOException {
        Optional<Taxonomy> before =
                Files.exists(data.taxonomy()) ? Optional.of(Taxonomies.read(data.taxonomy())) : Optional.empty();
        Taxonomy taxonomy = file.isPresent() ? read(file.get()) : before.orElseGet(Taxonomies::ragFailures);
        if (before.isPresent() && before.get().ref().equals(taxonomy.ref())) {
            requireSame(before.get(), taxonomy, file);
            return before.get();
        }
        publish(taxonomy, bootstrapServers);
        Path next = data.taxonomy().resolveSibling("taxonomy.json.next");
        Files.write(next, Json.bytes(taxonomy));
        Files.move(next, data.taxonomy(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return taxonomy;
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

    private static void requireSame(Taxonomy before, Taxonomy now, Optional<Path> file) {
        if (!before.categories().equals(now.categories())) {
            throw new UsageException("The taxonomy " + file.map(Path::toString).orElse("")
                    + " differs from the version "
                    + now.ref() + " that the data directory has. Raise its version, or name another directory with"
                    + " --data.");
        }
    }

    private static void publish(Taxonomy taxonomy, String bootstrapServers) throws IOException {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] key = taxonomy.ref().toString().getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(Topics.DEFAULT.taxonomies(), key, Json.bytes(taxonomy)))
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("the taxonomy could not be written to Kafka", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
