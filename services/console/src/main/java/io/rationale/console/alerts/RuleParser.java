package io.rationale.console.alerts;

import io.rationale.console.alerts.AlertRule.Direction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads rules from sentences. Case and space do not matter, except in names of categories and sources. */
final class RuleParser {
    /** What a rule can say; shown when one cannot be read. */
    static final String FORMS = """
              share of CATEGORY above 20 % over 1 h with at least 30 notes
              CATEGORY rises significantly against the week before at 99.9 %
              low agreement of at most 60 % rises significantly against the week before at 99.9 %
              undecided above 5 % over 1 h with at least 30 notes
              R1 unavailable for 5 min
            CATEGORY is a category's id, or 'any category'; 'below' may stand for 'above'; 'of source NAME' may follow the \
            window; times are in min, h, d or w.""";

    private static final String CATEGORY = "(?<category>any category|category|[^\\s]+)";
    private static final String AMOUNT = "(?<amount>\\d{1,3}(?:\\.\\d{1,4})?)\\s*%";
    private static final String TIME = "(?<count>\\d{1,5})\\s*(?<unit>[a-z]+)";
    private static final String OVER = "(?:\\s+(?:over|in|within)\\s+(?:the last\\s+)?" + TIME + ")?";
    private static final String SOURCE = "(?:\\s+of source\\s+(?<source>\"[^\"]+\"|[^\\s]+))?";
    private static final String LEAST = "(?:\\s+with at least\\s+(?<notes>\\d{1,9})\\s+notes?)?";

    private static final String RISE_AGAINST =
            "\\s+rises significantly against the (?<before>hour|day|week|month) before"
                    + "(?:\\s+at\\s+(?<level>\\d{2}(?:\\.\\d{1,6})?)\\s*%)?";

    private static final Pattern SHARE = pattern(
            "(?:the )?share of " + CATEGORY + "\\s+(?<direction>above|below)\\s+" + AMOUNT + OVER + SOURCE + LEAST);
    private static final Pattern RISE = pattern(CATEGORY + RISE_AGAINST + SOURCE + LEAST);
    private static final Pattern LOW_AGREEMENT =
            pattern("low agreement(?: of at most\\s+" + AMOUNT + ")?" + RISE_AGAINST + SOURCE + LEAST);
    private static final Pattern UNDECIDED = pattern("undecided\\s+above\\s+" + AMOUNT + OVER + SOURCE + LEAST);
    private static final Pattern R1 = pattern("r1 (?:is )?unavailable for\\s+" + TIME);

    private static final Map<String, Duration> UNITS = Map.of(
            "min", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1), "w", Duration.ofDays(7));
    private static final Map<String, Duration> PERIODS = Map.of(
            "hour", Duration.ofHours(1),
            "day", Duration.ofDays(1),
            "week", Duration.ofDays(7),
            "month", Duration.ofDays(30));
    private static final Duration USUAL_WINDOW = Duration.ofHours(24);
    private static final long USUAL_NOTES = 30;
    private static final double USUAL_LEVEL = 0.95;
    private static final double LEAST_LEVEL = 0.5;
    /** Three of five votes, and less. */
    private static final double LOW_AGREEMENT_AT_MOST = 0.6;

    private RuleParser() {}

    /** @throws IllegalArgumentException with what a rule can say */
    static AlertRule parse(String name, String condition) {
        String said = condition.strip();
        Matcher share = SHARE.matcher(said);
        Matcher rise = RISE.matcher(said);
        Matcher lowAgreement = LOW_AGREEMENT.matcher(said);
        Matcher undecided = UNDECIDED.matcher(said);
        Matcher r1 = R1.matcher(said);
        if (undecided.matches()) {
            return new AlertRule.Undecided(
                    name, said, amount(undecided, said), window(undecided), source(undecided), notes(undecided));
        }
        if (share.matches()) {
            Direction direction = Direction.valueOf(share.group("direction").toUpperCase(Locale.ROOT));
            return new AlertRule.Share(
                    name,
                    said,
                    category(share),
                    direction,
                    amount(share, said),
                    window(share),
                    source(share),
                    notes(share));
        }
        if (rise.matches()) {
            return new AlertRule.Rise(
                    name, said, category(rise), period(rise), level(rise, said), source(rise), notes(rise));
        }
        if (lowAgreement.matches()) {
            double atMost = lowAgreement.group("amount") == null ? LOW_AGREEMENT_AT_MOST : amount(lowAgreement, said);
            return new AlertRule.LowAgreementRise(
                    name,
                    said,
                    atMost,
                    period(lowAgreement),
                    level(lowAgreement, said),
                    source(lowAgreement),
                    notes(lowAgreement));
        }
        if (r1.matches()) {
            return new AlertRule.R1Unavailable(name, said, time(r1));
        }
        throw new IllegalArgumentException("rationale.alerts.rules." + name + " is no rule that is understood: \""
                + said + "\". It can say:\n" + FORMS);
    }

    private static Pattern pattern(String words) {
        return Pattern.compile(words.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE);
    }

    private static Optional<String> category(Matcher said) {
        String category = said.group("category").replaceAll("\\s+", " ");
        boolean isAny = category.equalsIgnoreCase("any category") || category.equalsIgnoreCase("category");
        return isAny ? Optional.empty() : Optional.of(category);
    }

    private static double amount(Matcher said, String condition) {
        double share = Double.parseDouble(said.group("amount")) / 100;
        if (share > 1) {
            throw new IllegalArgumentException("\"" + condition + "\" asks for more than 100 %.");
        }
        return share;
    }

    private static Duration period(Matcher said) {
        return PERIODS.get(said.group("before").toLowerCase(Locale.ROOT));
    }

    private static double level(Matcher said, String condition) {
        if (said.group("level") == null) {
            return USUAL_LEVEL;
        }
        double level = new BigDecimal(said.group("level")).movePointLeft(2).doubleValue();
        if (level < LEAST_LEVEL) {
            throw new IllegalArgumentException("\"" + condition + "\" asks for a level below 50 %.");
        }
        return level;
    }

    private static Duration window(Matcher said) {
        return said.group("count") == null ? USUAL_WINDOW : time(said);
    }

    private static Duration time(Matcher said) {
        long count = Long.parseLong(said.group("count"));
        String unit = said.group("unit").toLowerCase(Locale.ROOT);
        Duration one = unit.matches("minutes?|mins?|m") ? UNITS.get("min") : UNITS.get(unit.substring(0, 1));
        boolean isKnown = unit.matches("minutes?|mins?|m|h|hours?|d|days?|w|weeks?");
        if (!isKnown || count == 0 || one == null) {
            throw new IllegalArgumentException(
                    "\"" + said.group("count") + " " + unit + "\" is no time: write it as 5 min, 1 h, 7 d or 2 w.");
        }
        return one.multipliedBy(count);
    }

    private static Set<String> source(Matcher said) {
        String source = said.group("source");
        return source == null ? Set.of() : Set.of(source.replace("\"", ""));
    }

    private static long notes(Matcher said) {
        String notes = said.group("notes");
        return notes == null ? USUAL_NOTES : Long.parseLong(notes);
    }
}
