package io.rationale.console.alerts;

import io.rationale.console.alerts.AlertRule.LowAgreementRise;
import io.rationale.console.alerts.AlertRule.R1Unavailable;
import io.rationale.console.alerts.AlertRule.Rise;
import io.rationale.console.alerts.AlertRule.Share;
import io.rationale.console.alerts.AlertRule.Undecided;
import io.rationale.console.alerts.Observations.Counts;
import io.rationale.console.status.Classifiers;
import io.rationale.core.statistics.WilsonInterval;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Holds rules against what is observed. Stateless: the same observations give the same readings. */
final class RuleEvaluator {
    private final List<AlertRule> rules;
    private final Observations observations;
    private final RiseEvaluator rises;

    RuleEvaluator(List<AlertRule> rules, Observations observations) {
        this.rules = List.copyOf(rules);
        this.observations = observations;
        this.rises = new RiseEvaluator(observations);
    }

    /** Whether that rule is still configured. */
    boolean has(String rule) {
        return rules.stream().anyMatch(each -> each.name().equals(rule));
    }

    /** The version whose labels are counted now. */
    TaxonomyRef taxonomy() {
        return observations.taxonomy();
    }

    /** Whether everything that this rule counts has been read, so that it can be judged. */
    boolean isComplete(String rule) {
        return observations.isComplete()
                && rules.stream()
                        .filter(each -> each.name().equals(rule))
                        .noneMatch(AlertRule.LowAgreementRise.class::isInstance);
    }

    /** Each rule, those about any category once for each category that has notes. */
    List<Reading> readings(Instant now) {
        return rules.stream()
                .filter(rule -> !rule.counts() || observations.isComplete())
                .flatMap(rule -> switch (rule) {
                    case Share share -> read(share, now);
                    case Rise rise -> rises.read(rise, now);
                    case LowAgreementRise rise -> rises.read(rise, now).stream();
                    case Undecided undecided -> Stream.of(read(undecided, now));
                    case R1Unavailable unavailable -> Stream.of(read(unavailable, now));
                })
                .toList();
    }

    private Stream<Reading> read(Share rule, Instant now) {
        Counts counts = observations.counts(now, rule.window(), rule.sources());
        return categories(rule.category(), counts).map(category -> {
            long count = counts.of(category);
            double share = counts.decided() == 0 ? 0 : (double) count / counts.decided();
            boolean holds = counts.decided() >= rule.minNotes()
                    && counts.decided() > 0
                    && rule.direction().isPassed(share, rule.bound());
            return new Reading(rule, category, holds, share(category, count, counts.decided(), rule.window()));
        });
    }

    private Reading read(Undecided rule, Instant now) {
        Counts counts = observations.counts(now, rule.window(), rule.sources());
        long all = counts.decided() + counts.undecided();
        boolean holds = all > 0 && all >= rule.minNotes() && (double) counts.undecided() / all > rule.bound();
        return new Reading(rule, null, holds, sentence("Undecided", counts.undecided(), all, rule.window()));
    }

    private Reading read(R1Unavailable rule, Instant now) {
        Optional<Classifiers.Outage> outage = observations.outage(now);
        boolean holds = outage.filter(
                        each -> Duration.between(each.since(), now).compareTo(rule.atLeast()) >= 0)
                .isPresent();
        String summary = outage.map(each -> "R1 has taken no calls since " + each.since() + ": " + each.reason())
                .orElse("R1 takes calls.");
        return new Reading(rule, null, holds, summary);
    }

    /** Sorted, so that alerts come in the same order wherever they are evaluated. */
    static Stream<String> categories(Optional<String> category, Counts counts) {
        return category.map(Stream::of)
                .orElseGet(() -> new TreeSet<>(counts.byCategory().keySet()).stream());
    }

    private String share(String category, long count, long of, Duration window) {
        return sentence(observations.nameOf(category), count, of, window);
    }

    private static String sentence(String what, long count, long of, Duration window) {
        if (of == 0) {
            return what + ": no notes in the last " + words(window) + ".";
        }
        WilsonInterval interval = WilsonInterval.of(count, of);
        return "%s: %s of %d notes in the last %s (95 %% interval %s to %s)."
                .formatted(
                        what,
                        percent((double) count / of),
                        of,
                        words(window),
                        percent(interval.low()),
                        percent(interval.high()));
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    static String words(Duration window) {
        if (window.toMinutes() % (24 * 60) == 0) {
            return window.toDays() + " d";
        }
        return window.toMinutes() % 60 == 0 ? window.toHours() + " h" : window.toMinutes() + " min";
    }
}
