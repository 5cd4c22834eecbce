package io.rationale.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TaxonomyFeedTest {
    private static final Taxonomy SHIPPED = Taxonomies.ragFailures();

    @TempDir
    static Path dataDir;

    private static EmbeddedKafka broker;

    private final List<Set<String>> seen = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(dataDir, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldTellWhatIsThereAsOneChangeAndThenEachChange() throws Exception {
        // given: a version that is there, one that came and went, one that cannot be read, one without a key
        Topics topics = topics("a.");
        send(topics, version(1), version(2));
        send(new ProducerRecord<>(topics.taxonomies(), bytes("rag-failures@2"), null));
        send(new ProducerRecord<>(topics.taxonomies(), bytes("rag-failures@3"), bytes("{\"id\":")));
        send(new ProducerRecord<>(topics.taxonomies(), null, bytes("{}")));

        try (TaxonomyFeed feed = feed(topics)) {
            // when
            feed.start();
            feed.awaitLoaded();

            // then
            assertThat(seen).containsExactly(Set.of("rag-failures@1"));
            assertThat(feed.published()).containsEntry("rag-failures@1", version(1));

            // when
            send(topics, version(4));

            // then
            await().untilAsserted(
                            () -> assertThat(feed.published()).containsOnlyKeys("rag-failures@1", "rag-failures@4"));

            // when
            send(new ProducerRecord<>(topics.taxonomies(), bytes("rag-failures@1"), null));

            // then
            await().untilAsserted(() -> assertThat(feed.published()).containsOnlyKeys("rag-failures@4"));
        }
    }

    @Test
    void shouldTellWhenItHasReadUpToAnOffset() throws Exception {
        // given: two versions, and behind them one that was taken back, which leaves offsets and no record
        Topics topics = topics("read.");
        send(topics, version(1), version(2));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "read"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(TaxonomyRecords.of(topics.taxonomies(), version(3), "/test", Instant.now()))
                    .get();
            producer.abortTransaction();
        }

        try (TaxonomyFeed feed = feed(topics)) {
            // when
            feed.start();

            // then
            assertThat(feed.awaitRead(Map.of(0, 4L), Duration.ofSeconds(30))).isTrue();
            assertThat(feed.published()).containsOnlyKeys("rag-failures@1", "rag-failures@2");
            assertThat(feed.awaitRead(Map.of(0, 5L), Duration.ofMillis(1))).isFalse();
        }
    }

    @Test
    void shouldTakeATopicThatDoesNotExistForEmptyUntilItIsThere() throws Exception {
        // given
        Topics topics = new Topics("none.");
        try (TaxonomyFeed feed = feed(topics)) {
            feed.start();
            feed.awaitLoaded();
            assertThat(feed.published()).isEmpty();

            // when
            topics("none.");
            send(topics, version(1));

            // then
            await().untilAsserted(() -> assertThat(feed.published()).containsOnlyKeys("rag-failures@1"));
        }
    }

    @Test
    void shouldEndTheWaitForBrokersWhenItIsClosed() throws Exception {
        // given: nobody listens there
        TaxonomyFeed feed = new TaxonomyFeed(Map.of("bootstrap.servers", "127.0.0.1:1"), "c", "t", published -> {});
        feed.start();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                feed.awaitLoaded();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        // when
        feed.close();

        // then
        waiting.join();
        assertThat(feed.published()).isEmpty();
    }

    private TaxonomyFeed feed(Topics topics) {
        return new TaxonomyFeed(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                "test-taxonomies",
                topics.taxonomies(),
                published -> seen.add(published.keySet()));
    }

    private static Topics topics(String prefix) {
        Topics topics = new Topics(prefix);
        broker.createTopics(topics.specs(1));
        return topics;
    }

    private static Taxonomy version(int version) {
        return new Taxonomy(SHIPPED.id(), version, null, null, SHIPPED.categories(), null);
    }

    private static void send(Topics topics, Taxonomy... versions) {
        for (Taxonomy each : versions) {
            send(TaxonomyRecords.of(topics.taxonomies(), each, "/test", Instant.now()));
        }
    }

    private static void send(ProducerRecord<byte[], byte[]> each) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(each);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
