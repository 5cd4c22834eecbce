package io.rationale.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rationale.core.note.Note;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final DiscoverySettings SETTINGS = DiscoverySettings.DEFAULT.withSizes(12, 4000, 10);
    private static final List<Note> NOTES = Notes.of(30, "late", "wrong", "lost");

    @Test
    void shouldProposeWhatRecurs() {
        // when
        DiscoveryResult result = discovered(SETTINGS, UnaryOperator.identity());

        // then
        Taxonomy taxonomy = result.taxonomy();
        assertThat(taxonomy.status()).isEqualTo(Taxonomy.Status.PROPOSED);
        assertThat(taxonomy.ref()).hasToString("discovered@1");
        assertThat(taxonomy.crosswalk()).isEmpty();
        assertThat(taxonomy.categories())
                .extracting(Category::id)
                .containsExactlyInAnyOrder("late-trouble", "wrong-trouble", "lost-trouble", "no-error", "other");
        assertThat(taxonomy.categories()).last().extracting(Category::id).isEqualTo("other");
        assertThat(result.categories())
                .extracting(Finding::category)
                .containsExactlyElementsOf(
                        taxonomy.categories().stream().map(Category::id).toList());
        assertThat(result.undecided()).isZero();
        assertThat(result.steps()).allSatisfy(step -> assertThat(step.outcome()).isEqualTo("complete"));
        assertThat(result.usage().total()).isEqualTo(result.steps().size() * 100.0);
    }

    @Test
    void shouldMeasureEachCategory() {
        // when
        DiscoveryResult result = discovered(SETTINGS, UnaryOperator.identity());

        // then
        Finding late = result.finding("late-trouble");
        assertThat(late.stability()).isEqualTo(1);
        assertThat(late.agreement()).isGreaterThan(0.9);
        assertThat(late.share()).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(late.low()).isLessThan(1.0 / 3);
        assertThat(late.high()).isGreaterThan(1.0 / 3);
        assertThat(result.agreement()).isGreaterThan(0.9);
        assertThat(result.finding("other").stability()).isNull();
    }

    @Test
    void shouldQuoteVerbatim() {
        // when
        DiscoveryResult result = discovered(SETTINGS, UnaryOperator.identity());

        // then
        assertThat(result.categories())
                .filteredOn(finding -> finding.stability() != null)
                .allSatisfy(finding -> assertThat(finding.examples()).hasSize(3).allSatisfy(example -> assertThat(
                                textOf(example.noteId()).substring(example.start(), example.end()))
                        .isEqualTo(example.quote())));
    }

    @Test
    void shouldNotDependOnTheOrderOfAnswers() {
        // given
        DiscoveryResult inOrder = discovered(SETTINGS, UnaryOperator.identity());

        for (int seed = 0; seed < 5; seed++) {
            // when
            Random random = new Random(seed);
            DiscoveryResult shuffled = discovered(SETTINGS, steps -> {
                List<Step> mixed = new ArrayList<>(steps);
                Collections.shuffle(mixed, random);
                return mixed;
            });

            // then
            assertThat(shuffled).isEqualTo(inOrder);
        }
    }

    @Test
    void shouldTellHowManyRunsFoundACategory() {
        // when
        DiscoveryResult result = discovered(
                new Discovery(NoteSample.of(NOTES), SETTINGS),
                UnaryOperator.identity(),
                step -> step.kind() == Step.Kind.NAME && step.run() == 2
                        ? TopicReader.complete(withoutTopic(step, "lost"))
                        : TopicReader.answer(step.prompt().text()));

        // then
        assertThat(result.finding("lost-trouble").stability()).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(result.finding("lost-trouble").agreement()).isLessThan(0.5);
        assertThat(result.finding("late-trouble").stability()).isEqualTo(1);
        assertThat(result.agreement()).isLessThan(0.95);
    }

    @Test
    void shouldDropAndReportWhatHasNoVerifiedExample() {
        // when
        DiscoveryResult result = discovered(
                new Discovery(NoteSample.of(NOTES), SETTINGS),
                UnaryOperator.identity(),
                step -> step.kind() == Step.Kind.NAME
                        ? new ModelOutcome.Complete(
                                "hm",
                                TopicReader.answer(step.prompt().text())
                                        .content()
                                        .replace("\"quote\":\"lost ", "\"quote\":\"invented "))
                        : TopicReader.answer(step.prompt().text()));

        // then
        assertThat(result.taxonomy().category("lost-trouble")).isEmpty();
        assertThat(result.dropped()).isNotEmpty().allSatisfy(dropped -> {
            assertThat(dropped.name()).isEqualTo("lost problem");
            assertThat(dropped.reason()).startsWith("None of its ");
        });
        assertThat(result.finding("other").share()).isCloseTo(1.0 / 3, within(1e-9));
    }

    @Test
    void shouldAskAgainAndHalveWhatIsTooLong() {
        // when
        DiscoveryResult result = discovered(
                new Discovery(NoteSample.of(NOTES), SETTINGS.withRuns(1)),
                UnaryOperator.identity(),
                step -> step.kind() == Step.Kind.NAME && step.notes().size() > 8
                        ? new ModelOutcome.ContextExceeded("too long", OptionalInt.empty(), OptionalInt.empty())
                        : TopicReader.answer(step.prompt().text()));

        // then
        assertThat(result.steps())
                .anySatisfy(step -> assertThat(step.result()).endsWith("asked again in halves"))
                .filteredOn(
                        step -> step.kind() == Step.Kind.NAME && step.outcome().equals("complete"))
                .hasSizeGreaterThanOrEqualTo(12);
        assertThat(result.agreement()).isNull();
        assertThat(result.finding("late-trouble").agreement()).isNull();
    }

    @Test
    void shouldGiveUpAfterThreeAnswersWithoutSense() {
        // given
        Discovery discovery = new Discovery(NoteSample.of(NOTES), SETTINGS.withRuns(1));

        // when
        answer(discovery, UnaryOperator.identity(), step -> new ModelOutcome.Complete("hm", "I would rather not."));

        // then
        assertThat(discovery.result()).isEmpty();
        assertThat(discovery.failure()).hasValueSatisfying(reason -> assertThat(reason)
                .isEqualTo("R1 gave no answer that could be used; at last: no answer that could be used."));
    }

    @Test
    void shouldSayThatNothingRecurs() {
        // given
        Discovery discovery = new Discovery(NoteSample.of(NOTES), SETTINGS);

        // when
        answer(discovery, UnaryOperator.identity(), step -> new ModelOutcome.Complete("hm", "{\"patterns\":[]}"));

        // then
        assertThat(discovery.failure()).hasValue("R1 named no problem that recurs in these notes.");
    }

    @Test
    void shouldReportNotesThatGetNoLabel() {
        // when
        DiscoveryResult result = discovered(
                new Discovery(NoteSample.of(NOTES), SETTINGS),
                UnaryOperator.identity(),
                step -> step.kind() == Step.Kind.ASSIGN && step.prompt().notes().contains("\"late ")
                        ? new ModelOutcome.Complete(
                                "hm",
                                TopicReader.answer(step.prompt().text())
                                        .content()
                                        .replace("late-trouble", "no-such-category"))
                        : TopicReader.answer(step.prompt().text()));

        // then
        assertThat(result.undecided()).isEqualTo(30);
        assertThat(result.finding("late-trouble").share()).isZero();
        assertThat(result.finding("wrong-trouble").share()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void shouldKeepToTheBoundOnCalls() {
        // given
        int needed = discovered(SETTINGS, UnaryOperator.identity()).steps().size();

        // when, then
        assertThatThrownBy(() -> new Discovery(NoteSample.of(NOTES), SETTINGS.withMaxCalls(needed - 10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("take fewer notes or fewer runs");
        Discovery discovery = new Discovery(NoteSample.of(NOTES), SETTINGS.withMaxCalls(needed + 5));
        answer(discovery, UnaryOperator.identity(), step -> new ModelOutcome.Complete("hm", "nothing"));
        assertThat(discovery.progress().done()).isLessThanOrEqualTo(needed + 5);
    }

    @Test
    void shouldRefuseAnEmptySample() {
        assertThatThrownBy(() -> new Discovery(NoteSample.of(List.of()), SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are no notes to find patterns in.");
    }

    @Test
    void shouldMergeInRoundsWhatOnePromptCannotHold() {
        // given
        String[] topics = new String[45];
        for (int i = 0; i < topics.length; i++) {
            topics[i] = "topic" + (char) ('a' + i / 10) + (char) ('a' + i % 10);
        }
        List<Note> notes = Notes.of(3, topics);

        // when
        DiscoveryResult result = discovered(
                new Discovery(
                        NoteSample.of(notes),
                        DiscoverySettings.DEFAULT.withRuns(2).withSizes(1000, 100_000, 50)),
                UnaryOperator.identity(),
                step -> TopicReader.answer(step.prompt().text()));

        // then
        assertThat(result.steps())
                .filteredOn(step -> step.kind() == Step.Kind.MERGE)
                .hasSize(3);
        assertThat(result.taxonomy().leaves()).hasSize(47);
        assertThat(result.dropped()).isEmpty();
    }

    @Test
    void shouldShowProgress() {
        // given
        Discovery discovery = new Discovery(NoteSample.of(NOTES), SETTINGS);
        List<DiscoveryProgress> seen = new ArrayList<>();

        // when
        answer(discovery, UnaryOperator.identity(), step -> {
            seen.add(discovery.progress());
            return TopicReader.answer(step.prompt().text());
        });

        // then
        assertThat(seen).extracting(DiscoveryProgress::phase).contains("naming", "merging", "assigning");
        assertThat(seen.getFirst()).isEqualTo(new DiscoveryProgress("naming", 0, 24 + 1 + 9, 0, Usage.NONE));
        assertThat(discovery.progress())
                .isEqualTo(new DiscoveryProgress("ended", 36, 36, 3600, new Usage(3600, 0, 0, 0)));
    }

    private static DiscoveryResult discovered(DiscoverySettings settings, UnaryOperator<List<Step>> order) {
        return discovered(
                new Discovery(NoteSample.of(NOTES), settings),
                order,
                step -> TopicReader.answer(step.prompt().text()));
    }

    private static DiscoveryResult discovered(
            Discovery discovery,
            UnaryOperator<List<Step>> order,
            java.util.function.Function<Step, ModelOutcome> answers) {
        answer(discovery, order, answers);
        assertThat(discovery.failure()).isEmpty();
        return discovery.result().orElseThrow();
    }

    private static void answer(
            Discovery discovery,
            UnaryOperator<List<Step>> order,
            java.util.function.Function<Step, ModelOutcome> answers) {
        List<Step> open = new ArrayList<>(discovery.steps());
        while (!discovery.hasEnded()) {
            open = new ArrayList<>(order.apply(open));
            Step step = open.removeFirst();
            discovery.answered(
                    step, "exchange-" + step.number(), answers.apply(step), new Usage(TopicReader.TOKENS, 0, 0, 0));
            open.addAll(discovery.steps());
        }
    }

    private static com.fasterxml.jackson.databind.JsonNode withoutTopic(Step step, String topic) {
        var answer = io.rationale.core.json.Json.tree(
                TopicReader.answer(step.prompt().text()).content().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var patterns = (com.fasterxml.jackson.databind.node.ArrayNode) answer.get("patterns");
        for (int i = patterns.size() - 1; i >= 0; i--) {
            if (patterns.get(i).path("name").asText().startsWith(topic)) {
                patterns.remove(i);
            }
        }
        return answer;
    }

    private static String textOf(String noteId) {
        return NOTES.stream()
                .filter(note -> note.id().equals(noteId))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
