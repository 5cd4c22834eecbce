package io.rationale.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyEdits;
import io.rationale.core.taxonomy.TaxonomyVersions;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import io.rationale.local.command.UsageException;
import io.rationale.local.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ActiveTaxonomyTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Taxonomy SHIPPED = Taxonomies.ragFailures();

    @TempDir
    Path folder;

    private DataDirectory data;
    private EmbeddedKafka broker;
    private TaxonomyTopic topic;

    @BeforeEach
    void start() {
        data = DataDirectory.open(folder.resolve("data"));
        broker = EmbeddedKafka.start(data.kafka(), 0);
        broker.createTopics(Topics.DEFAULT.specs(1));
        topic = new TaxonomyTopic(broker.bootstrapServers());
    }

    @AfterEach
    void stop() {
        broker.close();
        data.close();
    }

    @Test
    void shouldFollowTheUserThenTheActivationsThenWhatItHad() throws IOException {
        // given: a new directory
        assertThat(resolve(Optional.empty()).ref()).hasToString("rag-failures@1");

        // when: the user names a file, and then none
        Path second = file(TaxonomyEdits.rename(TaxonomyEdits.next(SHIPPED, 2), "over-chunking", "too-small", null));
        Taxonomy named = resolve(Optional.of(second));

        // then
        assertThat(named.status()).isEqualTo(Taxonomy.Status.ACTIVE);
        assertThat(named.activation()).isEqualTo(new Taxonomy.Activation("command line", NOON));
        assertThat(resolve(Optional.empty())).isEqualTo(named);

        // when: another is activated on the page
        Taxonomy third = TaxonomyEdits.next(named, 3);
        topic.write(new TaxonomyVersions(SHIPPED, topic.read()).activation(third, "page", NOON), NOON);

        // then
        assertThat(resolve(Optional.empty()).ref()).isEqualTo(third.ref());
        assertThat(Taxonomies.read(data.taxonomy()).ref()).isEqualTo(third.ref());

        // when: the user names the one before again
        Taxonomy back = resolve(Optional.of(second));

        // then
        assertThat(back.ref()).isEqualTo(named.ref());
        assertThat(new TaxonomyVersions(SHIPPED, topic.read()).all().values())
                .extracting(each -> each.ref() + " " + each.status().code())
                .containsExactly("rag-failures@1 retired", "rag-failures@2 active", "rag-failures@3 retired");
    }

    @Test
    void shouldGoOnWithADirectoryFromBeforeThereWereActivations() throws IOException {
        // given
        Taxonomy had = new Taxonomy("mine", 1, null, null, SHIPPED.categories(), null);
        topic.write(SHIPPED, NOON);
        topic.write(had, NOON);
        Files.write(data.taxonomy(), Json.bytes(had));

        // then
        assertThat(resolve(Optional.empty())).isEqualTo(had);
    }

    @Test
    void shouldRefuseTheSameVersionWithOtherContent() throws IOException {
        // given
        resolve(Optional.empty());
        Path other = file(TaxonomyEdits.redefine(
                SHIPPED, "other", each -> SHIPPED.category("no-error").orElseThrow()));

        // then
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> resolve(Optional.of(other)))
                .withMessageContaining("differs from the version rag-failures@1");
    }

    private Taxonomy resolve(Optional<Path> file) throws IOException {
        return ActiveTaxonomy.resolve(data, file, broker.bootstrapServers(), NOON);
    }

    private Path file(Taxonomy taxonomy) throws IOException {
        return Files.writeString(folder.resolve("taxonomy.yaml"), Taxonomies.write(taxonomy));
    }
}
