package io.rationale.console.report;

import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CategoryTable.Row;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What every format says in the same words. */
final class Phrases {
    static final String SIMULATED = "Answered by the R1 simulator (lexical stand-in), not by a real R1.";

    private Phrases() {}

    /** Title and version of the taxonomy. */
    static String title(CategoryTable table) {
        return table.title() == null ? table.taxonomy().id() : table.title();
    }

    /** Which notes were counted. */
    static String scope(CategoryTable table) {
        String window = table.from() == null
                ? "All notes"
                : "Notes from " + DateTimeFormatter.ISO_INSTANT.format(table.from()) + " to "
                        + DateTimeFormatter.ISO_INSTANT.format(table.to());
        String sources = table.sources().isEmpty() ? "" : " of " + String.join(", ", table.sources());
        return window + sources + "; taxonomy " + table.taxonomy() + ".";
    }

    /** {@code 27.5 % (19.0-38.1)}. */
    static String share(Row row) {
        return String.format(
                Locale.ROOT,
                "%.1f %% (%.1f-%.1f)",
                100 * row.share(),
                100 * row.interval().low(),
                100 * row.interval().high());
    }

    /** Totals, models and tokens, a sentence each. */
    static List<String> totals(CategoryTable table) {
        String undecided = table.undecided() == 0 ? "none undecided" : number(table.undecided()) + " undecided";
        String models = table.models().isEmpty()
                ? "Model: none."
                : "Model: "
                        + table.models().entrySet().stream()
                                .map(model -> model.getKey() + " (" + notes(model.getValue()) + ")")
                                .collect(Collectors.joining(", "))
                        + ".";
        String tokens = String.format(
                Locale.ROOT,
                "Tokens: %,.0f (prompt %,.0f, reasoning %,.0f, answer %,.0f).",
                table.usage().total(),
                table.usage().prompt(),
                table.usage().reasoning(),
                table.usage().answer());
        return List.of(notes(table.decided()) + " decided, " + undecided + ".", models, tokens);
    }

    static String notes(long count) {
        return number(count) + (count == 1 ? " note" : " notes");
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
