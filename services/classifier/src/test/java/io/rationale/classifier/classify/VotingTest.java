package io.rationale.classifier.classify;

import static io.rationale.classifier.Fixtures.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rationale.classifier.FakeModel;
import io.rationale.classifier.Fixtures;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.classifier.work.Decision;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.verdict.Sample;
import io.rationale.core.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VotingTest {
    private final List<Decision> decisions = new ArrayList<>();
    private FakeModel model;

    @Test
    void shouldNotSampleAgainWhatIsSure() throws Exception {
        // when
        Decision.Judged judged = judge(5, "no-error high");

        // then
        assertThat(judged.verdict().votes()).isEqualTo(Map.of("no-error", 1));
        assertThat(judged.verdict().samples()).isEmpty();
        assertThat(model.asked()).hasSize(1);
    }

    @Test
    void shouldSampleWhatIsDoubtfulUntilTheMajorityIsSure() throws Exception {
        // when
        Decision.Judged judged = judge(5, "no-error low", "other high", "other medium", "no-error low", "other high");

        // then
        Verdict verdict = judged.verdict();
        assertThat(verdict.category()).isEqualTo("other");
        assertThat(verdict.votes()).isEqualTo(Map.of("other", 3, "no-error", 2));
        assertThat(verdict.agreement()).isCloseTo(0.6, within(1e-9));
        assertThat(verdict.samples())
                .extracting(Sample::category)
                .containsExactly("no-error", "other", "other", "no-error", "other");
        assertThat(verdict.provenance().attempts()).isEqualTo(5);
        assertThat(verdict.usage().total()).isCloseTo(5 * 140, within(1e-9));
        assertThat(judged.samples()).hasSize(5).doesNotHaveDuplicates();
        assertThat(judged.exchange()).isSameAs(judged.samples().get(1));
    }

    @Test
    void shouldStopAsSoonAsVotesToComeCannotChangeTheMajority() throws Exception {
        // when
        judge(5, "other low", "other low", "other low", "no-error high", "no-error high");

        // then
        assertThat(model.asked()).hasSize(3);
    }

    @Test
    void shouldSampleAgainWhatFailsACheck() throws Exception {
        // when
        Decision.Judged judged = judge(3, "other unquoted", "other high", "no-error high");

        // then: the verdict is told by the vote whose checks hold
        assertThat(judged.verdict().votes()).isEqualTo(Map.of("other", 2));
        assertThat(judged.verdict().checks().quoteFound()).isTrue();
        assertThat(judged.exchange()).isSameAs(judged.samples().get(1));
    }

    @Test
    void shouldTakeTheFirstOfEqualsWhenTheVotesEnd() throws Exception {
        // when
        Decision.Judged judged = judge(2, "other low", "no-error low");

        // then
        assertThat(judged.verdict().category()).isEqualTo("other");
        assertThat(judged.verdict().agreement()).isEqualTo(0.5);
    }

    @Test
    void shouldSampleAShareOfTheNotesWithoutDoubt() throws Exception {
        // when
        judge(new Voting(3, 1, new TokenBudget(1, 10_000), new java.util.Random(1)), "other high", "other high");

        // then
        assertThat(model.asked()).hasSize(2);
    }

    @Test
    void shouldGoOnWithoutAVoteThatDoesNotCome() throws Exception {
        // when
        Decision.Judged judged = judge(5, "other low", "nothing", "nothing", "nothing");

        // then
        assertThat(model.asked()).hasSize(4);
        assertThat(judged.verdict().votes()).isEqualTo(Map.of("other", 1));
        assertThat(judged.failures()).hasSize(3);
    }

    @Test
    void shouldSpendNoMoreThanTheBudget() throws Exception {
        // given: room for two calls of 132 computed tokens each
        TokenBudget budget = new TokenBudget(0.001, 200);

        // when
        judge(new Voting(5, 0, budget, new java.util.Random(1)), budget, "other low", "other low", "no-error low");

        // then
        assertThat(model.asked()).hasSize(3);
        assertThat(budget.left()).isNegative().isGreaterThan(-132);
        assertThat(decisions).hasSize(1);
    }

    private Decision.Judged judge(int max, String... answers) throws Exception {
        TokenBudget budget = new TokenBudget(1, 10_000);
        return judge(new Voting(max, 0, budget, new java.util.Random(1)), budget, answers);
    }

    private Decision.Judged judge(Voting voting, String... answers) throws Exception {
        return judge(voting, new TokenBudget(1, 10_000), answers);
    }

    private Decision.Judged judge(Voting voting, TokenBudget budget, String... answers) throws Exception {
        ArrayDeque<String> next = new ArrayDeque<>(Arrays.asList(answers));
        model = new FakeModel(texts -> answer(next.isEmpty() ? "other low" : next.remove(), texts.getFirst()));
        BatchClassifier classifier = new BatchClassifier(
                Taxonomies.ragFailures(), model, voting, budget, NoteTraces.NONE, 3, Duration.ofHours(1), CLOCK);
        new OneByOne(classifier).classify(Fixtures.tasks("a note"), decisions::add);
        return (Decision.Judged) decisions.getLast();
    }

    private static ModelOutcome answer(String told, String text) {
        if (told.equals("nothing")) {
            return new ModelOutcome.Complete("Hm.", "{\"verdicts\":[]}");
        }
        String category = told.replaceAll(" .*", "");
        String confidence = told.replaceAll(".* ", "");
        String quote = confidence.equals("unquoted") ? "what is not there" : text;
        return new ModelOutcome.Complete(
                "It is " + category + ".",
                "{\"verdicts\":[{\"id\":\"n1\",\"category\":\"" + category + "\",\"evidence\":[\"" + quote
                        + "\"],\"confidence\":\"" + confidence + "\"}]}");
    }
}
