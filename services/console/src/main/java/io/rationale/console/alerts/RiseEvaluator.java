package io.rationale.console.alerts;

import io.rationale.console.alerts.AlertRule.LowAgreementRise;
import io.rationale.console.alerts.AlertRule.Rise;
import io.rationale.console.alerts.Observations.Agreement;
import io.rationale.console.alerts.Observations.Counts;
import io.rationale.core.alert.Suggestion;
import io.rationale.core.statistics.NormalQuantile;
import io.rationale.core.statistics.ShareChange;
import io.rationale.core.taxonomy.Taxonomy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Holds rules that compare a window with the one just before against what is observed. A rule is looked at again and
 * again, so that an interval that leaves out zero by chance in one of twenty looks does so several times a month: a level
 * that is stricter than 95 % raises an alert rarely, and the alert then stays until the rise is not significant at 95 % any
 * more, so that it does not flicker.
 */
final class RiseEvaluator {
    /** Notes not judged yet, as a share of a window's, from which on its labels are a selection that says nothing. */
    private static final double MOST_UNJUDGED = 0.1;

    private final Observations observations;

    RiseEvaluator(Observations observations) {
        this.observations = observations;
    }

    /** Once for each category. */
    Stream<Reading> read(Rise rule, Instant now) {
        Counts last = observations.counts(now, rule.window(), rule.sources());
        Counts before = observations.counts(now.minus(rule.window()), rule.window(), rule.sources());
        return RuleEvaluator.categories(rule.category(), last).map(category -> {
            Windows windows = new Windows(
                    rule.window(), last.of(category), last.decided(), before.of(category), before.decided());
            Suggestion suggestion = category.equals(Taxonomy.OTHER)
                    ? suggestion(now, rule.window(), rule.sources(), List.of(category), null)
                    : null;
            String name = observations.nameOf(category);
            return reading(
                    rule,
                    category,
                    refusal(windows, rule.minNotes(), last, before),
                    windows,
                    rule.level(),
                    name,
                    suggestion);
        });
    }

    /** Nothing while the notes are being indexed. */
    Optional<Reading> read(LowAgreementRise rule, Instant now) {
        Instant earlier = now.minus(rule.window());
        Optional<Agreement> last = observations.agreement(now, rule.window(), rule.sources(), rule.atMost());
        Optional<Agreement> before = observations.agreement(earlier, rule.window(), rule.sources(), rule.atMost());
        if (last.isEmpty() || before.isEmpty()) {
            return Optional.empty();
        }
        Windows windows = new Windows(
                rule.window(),
                last.get().low(),
                last.get().decided(),
                before.get().low(),
                before.get().decided());
        String refusal = refusal(
                windows,
                rule.minNotes(),
                observations.counts(now, rule.window(), rule.sources()),
                observations.counts(earlier, rule.window(), rule.sources()));
        Suggestion suggestion = suggestion(now, rule.window(), rule.sources(), List.of(), rule.atMost());
        String name = "Agreement of at most " + shortest(rule.atMost());
        return Optional.of(reading(rule, null, refusal, windows, rule.level(), name, suggestion));
    }

    /** What is compared. */
    private record Windows(Duration window, long count, long decided, long countBefore, long decidedBefore) {
        ShareChange change(double level) {
            return ShareChange.of(count, decided, countBefore, decidedBefore, NormalQuantile.twoSided(level));
        }
    }

    private static String refusal(Windows windows, long minNotes, Counts last, Counts before) {
        if (Math.min(windows.decided(), windows.decidedBefore()) < Math.max(1, minNotes)) {
            String window = RuleEvaluator.words(windows.window());
            return "Too few notes to compare: " + windows.decided() + " in the last " + window + ", "
                    + windows.decidedBefore() + " before.";
        }
        long unjudged = last.unjudged() + before.unjudged();
        boolean isSelection = isSelection(last) || isSelection(before);
        return isSelection
                ? "Not compared: " + unjudged + " of " + (last.known() + before.known())
                        + " notes are not judged under the active taxonomy yet."
                : null;
    }

    private static boolean isSelection(Counts counts) {
        return counts.unjudged() > MOST_UNJUDGED * counts.known();
    }

    private static Reading reading(
            AlertRule rule,
            String category,
            String refusal,
            Windows windows,
            double level,
            String name,
            Suggestion suggestion) {
        if (refusal != null) {
            return new Reading(rule, category, false, refusal);
        }
        ShareChange change = windows.change(level);
        boolean holds = change.low() > 0;
        boolean persists =
                ShareChange.of(windows.count(), windows.decided(), windows.countBefore(), windows.decidedBefore())
                                .low()
                        > 0;
        return new Reading(rule, category, holds, persists, summary(name, windows, level, change), suggestion);
    }

    /** The notes of the last window, up to the second. */
    private Suggestion suggestion(
            Instant now, Duration window, Set<String> sources, List<String> categories, Double maxAgreement) {
        Instant to = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        return new Suggestion(new Suggestion.Discovery(
                to.minus(window),
                to,
                List.copyOf(new TreeSet<>(sources)),
                categories,
                observations.taxonomy().toString(),
                maxAgreement));
    }

    private static String summary(String name, Windows windows, double level, ShareChange change) {
        String window = RuleEvaluator.words(windows.window());
        return "%s: %s of %d notes in the last %s, %s of %d in the %s before; a change of %s points (%s interval %s to %s)."
                .formatted(
                        name,
                        RuleEvaluator.percent((double) windows.count() / windows.decided()),
                        windows.decided(),
                        window,
                        RuleEvaluator.percent((double) windows.countBefore() / windows.decidedBefore()),
                        windows.decidedBefore(),
                        window,
                        points(change.difference()),
                        shortest(level),
                        points(change.low()),
                        points(change.high()));
    }

    private static String points(double difference) {
        return String.format(Locale.ROOT, "%+.1f", difference * 100);
    }

    /** With as many digits as it needs. */
    private static String shortest(double share) {
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros();
        return percent.toPlainString() + " %";
    }
}
