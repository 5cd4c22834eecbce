package io.rationale.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.console.alerts.AlertRule.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleParserTest {
    private static AlertRule parse(String said) {
        return RuleParser.parse("r", said);
    }

    @Test
    void shouldReadAShare() {
        String said = "share of chunking above 20 % over 1 h with at least 30 notes";
        assertThat(parse(said))
                .isEqualTo(new AlertRule.Share(
                        "r", said, Optional.of("chunking"), Direction.ABOVE, 0.2, Duration.ofHours(1), Set.of(), 30));
    }

    @Test
    void shouldReadEverythingThatAShareCanSay() {
        String said =
                "The share of any  category BELOW 0.5% over the last 2 days of source \"front desk\" with at least 5 notes";
        assertThat(parse(said))
                .isEqualTo(new AlertRule.Share(
                        "r",
                        said,
                        Optional.empty(),
                        Direction.BELOW,
                        0.005,
                        Duration.ofDays(2),
                        Set.of("front desk"),
                        5));
    }

    @Test
    void shouldReadARise() {
        String said = "category rises significantly against the week before";
        assertThat(parse(said))
                .isEqualTo(new AlertRule.Rise("r", said, Optional.empty(), Duration.ofDays(7), 0.95, Set.of(), 30));
        assertThat(parse("other rises significantly against the day before with at least 9 notes"))
                .isInstanceOfSatisfying(AlertRule.Rise.class, rise -> {
                    assertThat(rise.category()).contains("other");
                    assertThat(rise.window()).isEqualTo(Duration.ofDays(1));
                    assertThat(rise.minNotes()).isEqualTo(9);
                });
    }

    @Test
    void shouldReadHowStrictARiseIs() {
        String said =
                "other rises significantly against the week before at 99.9 % of source clinic with at least 50 notes";
        assertThat(parse(said))
                .isEqualTo(new AlertRule.Rise(
                        "r", said, Optional.of("other"), Duration.ofDays(7), 0.999, Set.of("clinic"), 50));
    }

    @Test
    void shouldReadLowAgreement() {
        String said = "Low agreement rises significantly against the day before at 99.99%";
        assertThat(parse(said))
                .isEqualTo(new AlertRule.LowAgreementRise("r", said, 0.6, Duration.ofDays(1), 0.9999, Set.of(), 30));
        String more =
                "low agreement of at most 75 % rises significantly against the hour before of source clinic with at least 9 notes";
        assertThat(parse(more))
                .isEqualTo(new AlertRule.LowAgreementRise(
                        "r", more, 0.75, Duration.ofHours(1), 0.95, Set.of("clinic"), 9));
    }

    @Test
    void shouldReadUndecided() {
        assertThat(parse("undecided above 5 %"))
                .isEqualTo(
                        new AlertRule.Undecided("r", "undecided above 5 %", 0.05, Duration.ofHours(24), Set.of(), 30));
    }

    @Test
    void shouldReadR1() {
        assertThat(parse("R1 unavailable for 5 min"))
                .isEqualTo(new AlertRule.R1Unavailable("r", "R1 unavailable for 5 min", Duration.ofMinutes(5)));
        assertThat(parse("r1 is unavailable for 2h"))
                .isInstanceOfSatisfying(AlertRule.R1Unavailable.class, rule -> assertThat(rule.atLeast())
                        .isEqualTo(Duration.ofHours(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "share of chunking",
                "share of chunking above 20",
                "share of chunking above 20 % over 1 h with at least thirty notes",
                "category rises against the week before",
                "undecided above 5 % and more",
                "R1 unavailable",
            })
    void shouldSayWhatARuleCanSay(String said) {
        assertThatThrownBy(() -> parse(said))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rationale.alerts.rules.r")
                .hasMessageContaining("R1 unavailable for 5 min");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "share of x above 20 % over 0 h",
                "undecided above 5 % over 3 moons",
                "undecided above 120 %",
                "other rises significantly against the day before at 40 %",
                "R1 unavailable for 5 hectares"
            })
    void shouldNameAWrongNumber(String said) {
        assertThatThrownBy(() -> parse(said)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadItsOwnExamples() {
        RuleParser.FORMS.lines().filter(line -> line.startsWith("  ")).forEach(line -> assertThat(parse(line))
                .isNotNull());
    }

    @Test
    void shouldLeaveOutRulesThatAreOff() {
        // when
        List<AlertRule> rules =
                AlertRules.of(Map.of("b", "undecided above 5 %", "a", "R1 unavailable for 1 h", "c", "Off"));

        // then
        assertThat(rules).extracting(AlertRule::name).containsExactly("a", "b");
    }
}
