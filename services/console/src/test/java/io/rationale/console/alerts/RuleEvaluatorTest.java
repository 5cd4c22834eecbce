package io.rationale.console.alerts;

import static io.rationale.console.alerts.FakeObservations.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.status.Classifiers;
import io.rationale.core.alert.Suggestion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleEvaluatorTest {
    private static final Instant NOW = Instant.parse("2026-10-12T08:00:00Z");

    private final FakeObservations seen = new FakeObservations();

    private List<Reading> readings(String... rules) {
        List<AlertRule> parsed = java.util.stream.IntStream.range(0, rules.length)
                .mapToObj(i -> RuleParser.parse("r" + i, rules[i]))
                .toList();
        return new RuleEvaluator(parsed, seen).readings(NOW);
    }

    private Reading reading(String rule) {
        return readings(rule).getFirst();
    }

    @Test
    void shouldHoldAShareAgainstItsBound() {
        String rule = "share of chunking above 20 % over 1 h of source clinic with at least 30 notes";

        // when: exactly the bound, then more, then too few notes
        seen.now = counts(50, 0, Map.of("chunking", 10L));
        assertThat(reading(rule).holds()).isFalse();
        seen.now = counts(50, 0, Map.of("chunking", 11L));
        assertThat(reading(rule).holds()).isTrue();
        seen.now = counts(29, 0, Map.of("chunking", 29L));
        assertThat(reading(rule).holds()).isFalse();

        // then
        assertThat(seen.asked).containsOnly(new FakeObservations.Asked(NOW, Duration.ofHours(1), Set.of("clinic")));
    }

    @Test
    void shouldTellTheNumbers() {
        seen.now = counts(50, 0, Map.of("chunking", 11L));
        assertThat(reading("share of chunking above 20 % over 1 h").summary())
                .isEqualTo("CHUNKING: 22.0 % of 50 notes in the last 1 h (95 % interval 12.8 % to 35.2 %).");
    }

    @Test
    void shouldLookAtEachCategoryByItself() {
        seen.now = counts(100, 0, Map.of("b", 60L, "a", 30L, "c", 10L));
        assertThat(readings("share of any category above 25 %"))
                .filteredOn(Reading::holds)
                .extracting(Reading::subject)
                .containsExactly("r0/a", "r0/b");
    }

    @Test
    void shouldTakeARiseOnlyForMoreThanChance() {
        String rule = "a rises significantly against the week before";
        seen.before = counts(200, 0, Map.of("a", 20L));

        // when, then
        seen.now = counts(200, 0, Map.of("a", 28L));
        assertThat(reading(rule).holds()).isFalse();
        seen.now = counts(200, 0, Map.of("a", 40L));
        assertThat(reading(rule).holds()).isTrue();
        assertThat(reading(rule).summary()).contains("20.0 % of 200").contains("+10.0 points");
        seen.now = counts(200, 0, Map.of("a", 4L));
        assertThat(reading(rule).holds()).isFalse();
    }

    @Test
    void shouldBeAsStrictAsItIsTold() {
        seen.before = counts(200, 0, Map.of("other", 20L));
        seen.now = counts(200, 0, Map.of("other", 36L));

        Reading usual = reading("other rises significantly against the week before");
        Reading strict = reading("other rises significantly against the week before at 99.9 %");

        assertThat(usual.holds()).isTrue();
        assertThat(strict.holds()).isFalse();
        assertThat(strict.persists()).isTrue();
        assertThat(strict.summary()).contains("(99.9 % interval");
    }

    @Test
    void shouldSuggestADiscoveryOverTheNotesThatRose() {
        // given
        seen.before = counts(200, 0, Map.of("other", 10L, "a", 10L));
        seen.now = counts(200, 0, Map.of("other", 60L, "a", 60L));

        // when
        List<Reading> readings = readings("any category rises significantly against the day before of source clinic");

        // then
        assertThat(readings)
                .filteredOn(each -> each.category().equals("a"))
                .allMatch(each -> each.suggestion() == null);
        assertThat(readings)
                .filteredOn(each -> each.category().equals("other"))
                .singleElement()
                .satisfies(each -> assertThat(each.suggestion().discovery())
                        .isEqualTo(new Suggestion.Discovery(
                                NOW.plusSeconds(1).minus(Duration.ofDays(1)),
                                NOW.plusSeconds(1),
                                List.of("clinic"),
                                List.of("other"),
                                "t@1",
                                null)));
    }

    @Test
    void shouldTakeMoreDoubtForASign() {
        String rule = "low agreement rises significantly against the day before at 99.9 %";
        seen.now = counts(200, 0, Map.of());
        seen.before = counts(200, 0, Map.of());
        seen.agreedBefore = new Observations.Agreement(200, 10);

        // when, then
        seen.agreed = new Observations.Agreement(200, 15);
        assertThat(reading(rule).holds()).isFalse();
        seen.agreed = new Observations.Agreement(200, 40);
        assertThat(reading(rule).holds()).isTrue();
        assertThat(reading(rule).category()).isNull();
        assertThat(reading(rule).summary())
                .startsWith("Agreement of at most 60 %: 20.0 % of 200 notes in the last 1 d");
        assertThat(reading(rule).suggestion().discovery().maxAgreement()).isEqualTo(0.6);
        assertThat(reading(rule).suggestion().discovery().category()).isEmpty();
    }

    @Test
    void shouldSayNothingOfDoubtWhileNotesAreIndexed() {
        seen.indexed = false;
        assertThat(readings("low agreement rises significantly against the day before"))
                .isEmpty();
    }

    @Test
    void shouldNotCompareASelection() {
        // given: a tenth and more of the notes before were never judged under the active version
        seen.before = new Observations.Counts(200, 0, 23, Map.of("other", 2L));
        seen.now = counts(200, 0, Map.of("other", 100L));

        // when
        Reading reading = reading("other rises significantly against the week before");

        // then
        assertThat(reading.holds()).isFalse();
        assertThat(reading.summary())
                .isEqualTo("Not compared: 23 of 423 notes are not judged under the active taxonomy yet.");
    }

    @Test
    void shouldNotCompareFewNotes() {
        seen.before = counts(5, 0, Map.of("a", 0L));
        seen.now = counts(200, 0, Map.of("a", 190L));
        assertThat(reading("any category rises significantly against the day before")
                        .holds())
                .isFalse();
    }

    @Test
    void shouldCountUndecidedAmongAllNotes() {
        seen.now = counts(95, 5, Map.of());
        assertThat(reading("undecided above 5 %").holds()).isFalse();
        seen.now = counts(94, 6, Map.of());
        assertThat(reading("undecided above 5 %").holds()).isTrue();
    }

    @Test
    void shouldWaitBeforeItCallsR1Unavailable() {
        seen.outage = new Classifiers.Outage(NOW.minusSeconds(299), "refused");
        assertThat(reading("R1 unavailable for 5 min").holds()).isFalse();
        seen.outage = new Classifiers.Outage(NOW.minusSeconds(300), "refused");
        assertThat(reading("R1 unavailable for 5 min").holds()).isTrue();
        assertThat(reading("R1 unavailable for 5 min").summary()).contains("refused");
    }

    @Test
    void shouldNotJudgeCountsThatAreBeingRead() {
        seen.complete = false;
        assertThat(readings("undecided above 5 %", "R1 unavailable for 5 min"))
                .extracting(reading -> reading.rule().name())
                .containsExactly("r1");
    }
}
