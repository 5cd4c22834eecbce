package io.rationale.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.status.Classifiers;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The alarm as it is configured, over years of simulated notes: how often chance alone raises it, and how soon a real rise
 * does. docs/alerts.md says what longer runs of the same came to.
 */
class NewPatternAlarmTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String DAY =
            "other rises significantly against the day before at 99.99 % with at least 50 notes";
    private static final String WEEK =
            "other rises significantly against the week before at 99.9 % with at least 50 notes";
    private static final String CARELESS = "other rises significantly against the day before";

    private final Random random = new Random(20_26);

    /** Notes in steps of time, summed up so that a window is a difference. */
    private final class Simulated implements Observations {
        private final Duration step;
        private final long[] notes;
        private final long[] others;

        Simulated(Duration step, int steps, double notesAStep, double share, int changeAt, double changed) {
            this.step = step;
            this.notes = new long[steps + 1];
            this.others = new long[steps + 1];
            for (int i = 0; i < steps; i++) {
                int came = poisson(notesAStep);
                int other = 0;
                for (int note = 0; note < came; note++) {
                    other += random.nextDouble() < (i < changeAt ? share : changed) ? 1 : 0;
                }
                notes[i + 1] = notes[i] + came;
                others[i + 1] = others[i] + other;
            }
        }

        Instant at(int steps) {
            return START.plus(step.multipliedBy(steps));
        }

        @Override
        public Counts counts(Instant to, Duration window, Set<String> sources) {
            int end = (int) Duration.between(START, to).dividedBy(step);
            int begin = end - (int) window.dividedBy(step);
            return new Counts(notes[end] - notes[begin], 0, 0, Map.of("other", others[end] - others[begin]));
        }

        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public TaxonomyRef taxonomy() {
            return new TaxonomyRef("t", 1);
        }

        @Override
        public String nameOf(String category) {
            return category;
        }

        @Override
        public Optional<Agreement> agreement(Instant to, Duration window, Set<String> sources, double atMost) {
            return Optional.empty();
        }

        @Override
        public Optional<Classifiers.Outage> outage(Instant now) {
            return Optional.empty();
        }
    }

    /** By Knuth's method, for small means. */
    private int poisson(double mean) {
        double limit = Math.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /** How often it is raised from that step on, and at which step first. */
    private record Alarms(int raised, int first) {
        static Alarms of(Simulated notes, String rule, int from, int to) {
            RuleEvaluator evaluator = new RuleEvaluator(List.of(RuleParser.parse("alarm", rule)), notes);
            int raised = 0;
            int first = -1;
            boolean isRaised = false;
            for (int i = from; i <= to; i++) {
                Reading reading = evaluator.readings(notes.at(i)).getFirst();
                boolean begins = !isRaised && reading.holds();
                raised += begins ? 1 : 0;
                first = begins && first < 0 ? i : first;
                isRaised = isRaised ? reading.persists() : reading.holds();
            }
            return new Alarms(raised, first);
        }
    }

    private int falseAlarms(String rule, Duration step, Duration window, int windows, double notesAWindow) {
        int each = (int) window.dividedBy(step);
        int steps = each * windows;
        Simulated notes = new Simulated(step, steps, notesAWindow / each, 0.1, steps, 0.1);
        return Alarms.of(notes, rule, 2 * each, steps).raised();
    }

    @Test
    void shouldHardlyEverTakeChanceForAPattern() {
        // when: a year against the day before, four against the week before, a quarter without care
        Duration day = Duration.ofDays(1);
        int byDay = falseAlarms(DAY, Duration.ofHours(2), day, 365, 300);
        int byWeek = falseAlarms(WEEK, Duration.ofHours(14), Duration.ofDays(7), 4 * 52, 500);
        int careless = falseAlarms(CARELESS, Duration.ofHours(1), day, 90, 300);

        // then
        assertThat(byDay).isLessThanOrEqualTo(1);
        assertThat(byWeek).isLessThanOrEqualTo(3);
        assertThat(careless).isGreaterThan(10);
    }

    @Test
    void shouldNoticeANewPatternWithinTheDay() {
        // given: a thousand notes a day, of which other is 5 % and then 15 %
        int day = 96;
        int change = 2 * day;
        Simulated notes = new Simulated(Duration.ofMinutes(15), 4 * day, 1_000.0 / day, 0.05, change, 0.15);

        // when
        Alarms alarms = Alarms.of(notes, DAY, 2 * day, 3 * day);

        // then
        assertThat(alarms.raised()).isEqualTo(1);
        assertThat(alarms.first() - change).isBetween(day / 6, 3 * day / 4);
    }

    @Test
    void shouldNoticeItWithinTheWeekWhereNotesAreFew() {
        // given: 50 notes a day, of which other is 5 % and then 30 %
        int week = 168;
        int change = 2 * week;
        Simulated notes = new Simulated(Duration.ofHours(1), 4 * week, 350.0 / week, 0.05, change, 0.3);

        // when
        Alarms alarms = Alarms.of(notes, WEEK, 2 * week, 3 * week);

        // then
        assertThat(alarms.first() - change).isBetween(24, 5 * 24);
    }
}
