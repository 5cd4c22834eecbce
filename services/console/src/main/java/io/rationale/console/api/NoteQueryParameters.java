package io.rationale.console.api;

import io.rationale.console.search.Check;
import io.rationale.console.search.NoteOrder;
import io.rationale.console.search.NoteQuery;
import io.rationale.console.statistics.TableQuery;
import io.rationale.core.statistics.Window;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestQuery;

/** The filters of lists and exports, as they stand in the address. */
public class NoteQueryParameters {
    private static final int MOST_VALUES = 100;
    private static final int MOST_CHARACTERS = 1_000;
    private static final Pattern VERSION = Pattern.compile("(.{1,200})@(\\d{1,9})");
    private static final String ANY = "any";

    /** Words, {@code "phrases"}, {@code prefix*}, {@code -not}; all must hold. */
    @RestQuery
    public String q;

    /** Labels, {@code ~undecided}, or categories of the tree, which stand for all labels below. */
    @RestQuery
    public List<String> category;

    /** R1's second label. */
    @RestQuery
    public List<String> secondary;

    @RestQuery
    public List<String> source;

    /** The sender's own labels, as {@code name:value}; each must be there. */
    @RestQuery
    public List<String> label;

    /** A window that ends now; not beside {@code from} and {@code to}. */
    @RestQuery
    public String window;

    /** ISO 8601 with an offset, inclusive. */
    @RestQuery
    public String from;

    /** ISO 8601 with an offset, exclusive. */
    @RestQuery
    public String to;

    /** {@code id@version}; the console's own unless given. */
    @RestQuery
    public String taxonomy;

    @RestQuery
    public String minAgreement;

    @RestQuery
    public String maxAgreement;

    /** {@code true} or {@code false}. */
    @RestQuery
    public String reviewed;

    /** {@code true} for notes that were reviewed as part of a random sample, {@code false} for all others. */
    @RestQuery
    public String drawn;

    /** Checks that failed, of which one is enough; {@code any} for all. */
    @RestQuery
    public List<String> failed;

    /** {@code agreement} unless given. */
    @RestQuery
    public String sort;

    /** What is asked for. @throws ProblemException when a parameter is none */
    NoteQuery query(Taxonomy shown, Instant now) {
        TaxonomyRef version = version(shown);
        if (q != null && q.length() > MOST_CHARACTERS) {
            throw ProblemException.badRequest("The text looked for has at most " + MOST_CHARACTERS + " characters.");
        }
        return new NoteQuery(
                version,
                q == null || q.isBlank() ? null : q,
                labels(some("category", category), shown),
                labels(some("secondary", secondary), shown),
                some("source", source),
                some("label", label),
                period(now),
                new NoteQuery.Range(share("minAgreement", minAgreement, 0), share("maxAgreement", maxAgreement, 1)),
                flag("reviewed", reviewed),
                flag("drawn", drawn),
                checks());
    }

    /** @throws ProblemException when the order is unknown */
    NoteOrder order() {
        return absent(sort)
                ? NoteOrder.AGREEMENT
                : NoteOrder.of(sort)
                        .orElseThrow(() -> ProblemException.badRequest(
                                "The sort is one of " + names(NoteOrder.values(), NoteOrder::code) + "."));
    }

    private TaxonomyRef version(Taxonomy shown) {
        if (absent(taxonomy)) {
            return shown.ref();
        }
        Matcher parts = VERSION.matcher(taxonomy);
        if (!parts.matches()) {
            throw ProblemException.badRequest("The taxonomy is given as id@version, " + shown.ref() + " for instance.");
        }
        return new TaxonomyRef(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    /** A category of the tree stands for itself, since some may have been given it, and for every label below it. */
    private static Set<String> labels(Set<String> asked, Taxonomy shown) {
        Set<String> labels = new LinkedHashSet<>(asked);
        asked.forEach(category -> addBelow(category, shown, labels));
        return labels;
    }

    private static void addBelow(String parent, Taxonomy shown, Set<String> labels) {
        for (Category category : shown.categories()) {
            if (parent.equals(category.parent())) {
                labels.add(category.id());
                addBelow(category.id(), shown, labels);
            }
        }
    }

    private NoteQuery.Period period(Instant now) {
        if (absent(from) && absent(to)) {
            TableQuery rolling = QueryParameters.query(absent(window) ? Window.ALL.code() : window, List.of(), now);
            return rolling.from().isEmpty()
                    ? NoteQuery.Period.ALL
                    : new NoteQuery.Period(
                            rolling.window().code(),
                            rolling.from().get(),
                            rolling.to().orElse(null));
        }
        if (!absent(window) && !window.equals(Window.ALL.code())) {
            throw ProblemException.badRequest("Give either a window, or from and to.");
        }
        NoteQuery.Period period = new NoteQuery.Period(null, time("from", from), time("to", to));
        if (period.from() != null && period.to() != null && !period.from().isBefore(period.to())) {
            throw ProblemException.badRequest("The time from must be before the time to.");
        }
        return period;
    }

    private static Instant time(String name, String given) {
        try {
            return absent(given) ? null : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeException e) {
            throw ProblemException.badRequest(
                    "The time " + name + " is given as ISO 8601 with an offset, 2026-10-01T08:00:00Z for instance.");
        }
    }

    private static double share(String name, String given, double otherwise) {
        try {
            double share = absent(given) ? otherwise : Double.parseDouble(given);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw ProblemException.badRequest("The " + name + " is a number from 0 to 1.");
    }

    private static Boolean flag(String name, String given) {
        if (absent(given)) {
            return null;
        }
        return switch (given) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw ProblemException.badRequest("The parameter " + name + " is true or false.");
        };
    }

    private Set<Check> checks() {
        Set<String> asked = some("failed", failed);
        if (asked.contains(ANY)) {
            return Set.of(Check.values());
        }
        return asked.stream().map(NoteQueryParameters::check).collect(Collectors.toSet());
    }

    private static Check check(String code) {
        return Check.of(code)
                .orElseThrow(() -> ProblemException.badRequest(
                        "A failed check is one of any, " + names(Check.values(), Check::code) + "."));
    }

    private static Set<String> some(String name, List<String> values) {
        List<String> given = values == null ? List.of() : values;
        if (given.size() > MOST_VALUES || given.stream().anyMatch(value -> value.length() > MOST_CHARACTERS)) {
            throw ProblemException.badRequest("At most " + MOST_VALUES + " values of at most " + MOST_CHARACTERS
                    + " characters can be asked for in " + name + ".");
        }
        return given.stream().filter(value -> !value.isEmpty()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean absent(String value) {
        return value == null || value.isEmpty();
    }

    private static <T> String names(T[] values, Function<T, String> code) {
        return Arrays.stream(values).map(code).collect(Collectors.joining(", "));
    }
}
