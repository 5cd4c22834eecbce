package io.rationale.console.reviews;

import static io.rationale.console.Events.TEN;
import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.console.api.ProblemException;
import io.rationale.console.search.IndexHarness;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.search.Position;
import io.rationale.console.statistics.StoresUnavailableException;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.json.Json;
import io.rationale.core.redaction.RedactionSettings;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.taxonomy.Taxonomies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviews whose index and Kafka do as the test says. */
class ReviewServiceTest {
    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private IndexHarness notes;
    private ReviewService service;
    private boolean loaded = true;

    @TempDir
    Path directory;

    @BeforeEach
    void open() throws IOException {
        notes = new IndexHarness(directory).decided(classified(note("n"), V1, "other"));
        kafka.send(new ProducerRecord<>("rationale.audit", Json.bytes(classified(note("n"), V1, "other"))));
        NoteSearch search = new NoteSearch(notes.index, () -> loaded, () -> 0.4);
        KnownTaxonomies taxonomies = new KnownTaxonomies(Taxonomies.ragFailures(), Map::of);
        ReviewWriter writer = new ReviewWriter(kafka, "rationale.audit", Duration.ofSeconds(5));
        service = new ReviewService(search, taxonomies, writer, Redactor.of(RedactionSettings.DEFAULT), () -> TEN);
    }

    @AfterEach
    void close() {
        notes.close();
        service.close();
    }

    private static ReviewRequest request(String json) {
        return ReviewRequest.of(Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static int statusOf(Throwable refusal) {
        return ((ProblemException) refusal).problem().status();
    }

    @Test
    void shouldSayThatKafkaDidNotAnswer() throws Exception {
        // given
        ReviewRequest request = request("{'category': 'no-error', 'reviewer': 'Ada', 'seen': 'other'}");
        kafka.sendException = new TimeoutException("Topic rationale.audit not present in metadata after 5000 ms.");

        // then
        assertThatThrownBy(() -> service.review("n", request)).satisfies(refusal -> {
            assertThat(statusOf(refusal)).isEqualTo(503);
            assertThat(refusal).hasMessageContaining("Kafka did not acknowledge");
        });
        // and it is as if nothing had been said
        kafka.sendException = null;
        assertThat(service.review("n", request).oldCategory()).isEqualTo("other");
    }

    @Test
    void shouldSayThatKafkaRefuses() {
        kafka.sendException = new RecordTooLargeException("too large");

        assertThatThrownBy(() -> service.review("n", request("{'category': 'no-error', 'reviewer': 'Ada'}")))
                .satisfies(refusal -> assertThat(statusOf(refusal)).isEqualTo(500));
    }

    @Test
    void shouldTakeOneOfManyReviewsThatSawTheSameLabel() throws Exception {
        // given
        int people = 8;
        CountDownLatch together = new CountDownLatch(people);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // when
            List<Future<Integer>> answers = threads.invokeAll(IntStream.range(0, people)
                    .mapToObj(i -> (Callable<Integer>) () -> {
                        together.countDown();
                        together.await();
                        try {
                            service.review(
                                    "n",
                                    request("{'category': 'no-error', 'reviewer': 'r" + i + "', 'seen': 'other'}"));
                            return 201;
                        } catch (ProblemException e) {
                            return e.problem().status();
                        }
                    })
                    .toList());

            // then
            assertThat(answers).extracting(Future::get).containsOnly(201, 409).containsOnlyOnce(201);
            assertThat(kafka.history()).hasSize(2);
        }
    }

    @Test
    void shouldBelieveTheIndexOnceItHasTheReview() throws Exception {
        // given a review here, and then one at another replica that the index has read
        ReviewAnswer here = service.review("n", request("{'category': 'no-error', 'reviewer': 'Ada'}"));
        notes.decided(reviewed("n", V1, here.category()), reviewed("n", V1, "missed-retrieval"));

        // when
        ReviewAnswer next = service.review("n", request("{'category': 'other', 'reviewer': 'Bo'}"));

        // then
        assertThat(next.oldCategory()).isEqualTo("missed-retrieval");
    }

    @Test
    void shouldNotReviewNotesThatNobodyHasSeen() throws Exception {
        notes.decided(reviewed("unheard-of", V1, "other"));

        assertThatThrownBy(() -> service.review("unheard-of", request("{'category': 'other', 'reviewer': 'Ada'}")))
                .satisfies(refusal -> assertThat(statusOf(refusal)).isEqualTo(404));
    }

    @Test
    void shouldWaitUntilTheNotesAreIndexed() {
        loaded = false;

        assertThatThrownBy(() -> service.review("n", request("{'category': 'other', 'reviewer': 'Ada'}")))
                .isInstanceOf(StoresUnavailableException.class);
        assertThat(kafka.history()).hasSize(1);
    }

    @Test
    void shouldForgetTheOldestOfManyReviews() throws Exception {
        // given
        RecentReviews recent = new RecentReviews(2);
        for (String id : List.of("a", "n", "b")) {
            notes.decided(classified(note(id), V1, "other"));
            recent.add(id, V1, new RecentReviews.Recent("no-error", "Ada", new Position(1, 9)));
        }

        // then
        assertThat(recent.notIn(notes.note("a"), V1)).isEmpty();
        assertThat(recent.notIn(notes.note("n"), V1)).isPresent();
        assertThat(recent.notIn(notes.note("b"), V1)).isPresent();
    }
}
