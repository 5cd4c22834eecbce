package io.rationale.classifier.classify;

import static io.rationale.classifier.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.classifier.FakeModel;
import io.rationale.classifier.Fixtures;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.NoteTask;
import io.rationale.classifier.work.PartitionWork;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.Taxonomies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedVerdictsTest {
    private final PartitionWork partition = Fixtures.partition();
    private final AtomicLong nanos = new AtomicLong();
    private final SharedVerdicts shared = new SharedVerdicts(Duration.ofMinutes(10), 1 << 20, nanos::get);
    private final BatchClassifier classifier = classifier();
    private int offset;

    @Test
    void shouldLetNotesOfTheSameContentWaitForTheFirst() throws Exception {
        // given
        PendingNote first = note("the same");
        PendingNote second = note("the same");

        // when
        boolean firstWaits = shared.waits(first);
        boolean secondWaits = shared.waits(second);
        boolean otherWaits = shared.waits(note("another"));
        Decision.Judged decision = (Decision.Judged) decide(first, FakeModel.answeringAll());
        List<Decision> others = shared.decided(first, decision, NOW);

        // then
        assertThat(List.of(firstWaits, secondWaits, otherWaits)).containsExactly(false, true, false);
        assertThat(others).hasSize(1);
        Decision.Judged other = (Decision.Judged) others.getFirst();
        assertThat(other.task()).isSameAs(second.task());
        assertThat(other.exchange()).isSameAs(decision.exchange());
        assertThat(other.verdict().category()).isEqualTo(decision.verdict().category());
        assertThat(other.verdict().provenance().sameTextAs()).isEqualTo("note-0");
        assertThat(other.verdict().provenance().attempts()).isZero();
        assertThat(other.verdict().usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void shouldShareAVerdictWithinTheWindowOnly() throws Exception {
        // given
        PendingNote first = note("the same");
        shared.waits(first);
        shared.decided(first, decide(first, FakeModel.answeringAll()), NOW);

        // when / then
        nanos.set(Duration.ofMinutes(9).toNanos());
        assertThat(shared.recent(note("the same"), NOW)).isPresent();
        assertThat(shared.recent(note("another"), NOW)).isEmpty();
        nanos.set(Duration.ofMinutes(11).toNanos());
        assertThat(shared.recent(note("the same"), NOW)).isEmpty();
    }

    @Test
    void shouldShareAFailureOnlyWithThoseThatWait() throws Exception {
        // given
        PendingNote first = note("poison");
        PendingNote second = note("poison");
        shared.waits(first);
        shared.waits(second);

        // when
        Decision failure = decide(first, new FakeModel(texts -> new ModelOutcome.Refused(400, "no")));
        List<Decision> others = shared.decided(first, failure, NOW);

        // then
        assertThat(others).singleElement().isInstanceOfSatisfying(Decision.GivenUp.class, givenUp -> {
            assertThat(givenUp.task()).isSameAs(second.task());
            assertThat(givenUp.cause()).contains("note-0");
            assertThat(givenUp.attempts()).isZero();
        });
        assertThat(shared.recent(note("poison"), NOW)).isEmpty();
        assertThat(shared.waits(note("poison"))).isFalse();
    }

    @Test
    void shouldHandBackThoseThatWaitedForANoteThatIsLetGo() {
        // given
        PendingNote first = note("the same");
        PendingNote second = note("the same");
        shared.waits(first);
        shared.waits(second);

        // when
        List<NoteTask> handedBack = shared.letGo(first);

        // then
        assertThat(handedBack).containsExactly(second.task());
        assertThat(shared.waits(second)).isFalse();
    }

    @Test
    void shouldShareNothingWithoutAWindow() {
        // given
        SharedVerdicts none = new SharedVerdicts(Duration.ZERO, 1 << 20, nanos::get);

        // when / then
        assertThat(none.waits(note("the same"))).isFalse();
        assertThat(none.waits(note("the same"))).isFalse();
    }

    @Test
    void shouldShareNothingBetweenVersions() throws Exception {
        // given: one version's verdict, and one of its calls in progress
        PendingNote decided = note("decided");
        PendingNote asked = note("asked");
        shared.waits(decided);
        shared.decided(decided, decide(decided, FakeModel.answeringAll()), NOW);
        shared.waits(asked);

        // when
        PendingNote another = note("asked");
        PendingNote later = note("decided");
        another.judgeBy(classifier());
        later.judgeBy(classifier());

        // then
        assertThat(shared.waits(another)).isFalse();
        assertThat(shared.recent(later, NOW)).isEmpty();
    }

    @Test
    void shouldTakeThoseThatWaitAlongToAnotherVersion() throws Exception {
        // given
        PendingNote first = note("the same");
        PendingNote second = note("the same");
        shared.waits(first);
        shared.waits(second);

        // when
        shared.judgeBy(first, classifier());

        // then
        assertThat(shared.decided(first, decide(first, FakeModel.answeringAll()), NOW))
                .singleElement()
                .extracting(Decision::offset)
                .isEqualTo(second.task().offset());
    }

    private static BatchClassifier classifier() {
        TokenBudget budget = new TokenBudget(0, 0);
        return new BatchClassifier(
                Taxonomies.ragFailures(),
                FakeModel.answeringAll(),
                new Voting(1, 0, budget, new Random(1)),
                budget,
                NoteTraces.NONE,
                3,
                Duration.ofHours(1),
                Fixtures.CLOCK);
    }

    private PendingNote note(String text) {
        int at = offset++;
        return new PendingNote(Fixtures.task(partition, at, "key-" + at, text), NOW, classifier);
    }

    private static Decision decide(PendingNote note, FakeModel model) throws InterruptedException {
        List<Decision> decisions = new ArrayList<>();
        new OneByOne(Taxonomies.ragFailures(), model, 1, Fixtures.CLOCK).classify(List.of(note.task()), decisions::add);
        return decisions.getFirst();
    }
}
