package io.rationale.console.taxonomies;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.api.ProblemException;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.prompt.PromptRoom;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyEdits;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import io.rationale.topics.TaxonomyFeed;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Consoles that change the same taxonomies at the same time. */
@Timeout(120)
class TwoConsolesTest {
    private static final int ROUNDS = 5;

    @TempDir
    static Path directory;

    private static EmbeddedKafka broker;

    private final ExecutorService people = Executors.newFixedThreadPool(2);
    private final List<TaxonomyFeed> feeds = new ArrayList<>();
    private TaxonomyService here;
    private TaxonomyService there;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(directory, 0);
        broker.createTopics(Topics.DEFAULT.specs(1));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startConsoles() throws InterruptedException {
        here = console();
        there = console();
    }

    private TaxonomyService console() throws InterruptedException {
        Map<String, Object> connection = Map.of("bootstrap.servers", broker.bootstrapServers());
        String topic = Topics.DEFAULT.taxonomies();
        TaxonomyFeed feed = new TaxonomyFeed(connection, "feed-" + feeds.size(), topic, published -> {});
        feeds.add(feed);
        feed.start();
        feed.awaitLoaded();
        return new TaxonomyService(
                new KnownTaxonomies(Taxonomies.ragFailures(), feed::published),
                feed::isLoaded,
                new TaxonomyLog(new KafkaClients(connection), topic, feed, InstantSource.system()),
                PromptRoom.DEFAULT,
                InstantSource.system());
    }

    @AfterEach
    void stop() {
        people.shutdownNow();
        feeds.forEach(TaxonomyFeed::close);
    }

    @Test
    void shouldLoseNoChangeOfEither() throws Exception {
        // given
        TaxonomyRef ref = here.draft(new TaxonomyRef("rag-failures", 1), "Ada").ref();

        // when: both change the proposal again and again, each anew where the other was faster
        List<Integer> refused = together(() -> addAll(here, ref, "here"), () -> addAll(there, ref, "there"));

        // then
        List<String> added = here.find(ref).categories().stream()
                .map(Category::id)
                .filter(id -> id.matches("(here|there)-\\d+"))
                .toList();
        assertThat(added)
                .containsExactlyInAnyOrderElementsOf(Stream.of("here", "there")
                        .flatMap(name ->
                                Stream.iterate(0, i -> i < ROUNDS, i -> i + 1).map(i -> name + "-" + i))
                        .toList());
        assertThat(there.find(ref)).isEqualTo(here.find(ref));
        assertThat(refused).anyMatch(times -> times > 0);
    }

    /** @return how often somebody else was faster */
    private static int addAll(TaxonomyService console, TaxonomyRef ref, String name) throws InterruptedException {
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Category category = new Category(name + "-" + i, null, null, "Added " + i + ".", null, null, null, null);
            while (!isAdded(console, ref, category)) {
                refused++;
            }
        }
        return refused;
    }

    private static boolean isAdded(TaxonomyService console, TaxonomyRef ref, Category category)
            throws InterruptedException {
        String tag = TaxonomyService.tag(console.find(ref));
        try {
            console.edit(ref, tag, "Ada", taxonomy -> TaxonomyEdits.add(taxonomy, category));
            return true;
        } catch (ProblemException e) {
            assertThat(e.problem().status()).isEqualTo(412);
            return false;
        }
    }

    @Test
    void shouldLetOneOfTwoChangesOfTheSameContentWin() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            // given
            Taxonomy draft = here.draft(new TaxonomyRef("rag-failures", 1), "Ada");
            String tag = TaxonomyService.tag(draft);

            // when
            List<Integer> answers = together(
                    () -> answer(() -> here.edit(draft.ref(), tag, "Ada", each -> named(each, "Ada's"))),
                    () -> answer(() -> there.edit(draft.ref(), tag, "Bob", each -> named(each, "Bob's"))));

            // then
            assertThat(answers).containsExactlyInAnyOrder(200, 412);
            String winner = answers.getFirst() == 200 ? "Ada's" : "Bob's";
            assertThat(List.of(here, there)).allSatisfy(console -> assertThat(console.find(draft.ref())
                            .category("other")
                            .orElseThrow()
                            .name())
                    .isEqualTo(winner));
        }
    }

    @Test
    void shouldGiveEachDraftANumberOfItsOwn() throws Exception {
        // given
        TaxonomyRef base = new TaxonomyRef("rag-failures", 1);

        // when
        List<TaxonomyRef> drafts = together(() -> here.draft(base, "Ada").ref(), () -> there.draft(base, "Bob")
                .ref());

        // then
        assertThat(drafts).doesNotHaveDuplicates();
    }

    private static Taxonomy named(Taxonomy taxonomy, String name) {
        return TaxonomyEdits.rename(taxonomy, "other", "other", name);
    }

    private static int answer(Callable<?> change) throws Exception {
        try {
            change.call();
            return 200;
        } catch (ProblemException e) {
            return e.problem().status();
        }
    }

    private <T> List<T> together(Callable<T> one, Callable<T> other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<T>> both = Stream.of(one, other)
                .map(each -> people.submit(() -> {
                    start.await();
                    return each.call();
                }))
                .toList();
        return List.of(both.getFirst().get(), both.getLast().get());
    }
}
