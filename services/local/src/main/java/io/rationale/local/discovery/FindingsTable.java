package io.rationale.local.discovery;

import io.rationale.core.discovery.DiscoveryResult;
import io.rationale.core.discovery.Finding;
import io.rationale.core.taxonomy.Category;
import java.util.Locale;

/** The categories of a proposal as a table for a terminal. */
public final class FindingsTable {
    private static final int LONGEST_NAME = 44;
    private static final String ROW = "%-44s %7s  %-15s %7s %6s %6s%n";
    private static final double PERCENT = 100;

    private FindingsTable() {}

    /** One line a category, most frequent first. */
    public static String of(DiscoveryResult result) {
        StringBuilder table =
                new StringBuilder(String.format(ROW, "Category", "Share", "95 % interval", "Found", "Agree", "Notes"));
        for (Category category : result.taxonomy().categories()) {
            Finding finding = result.finding(category.id());
            table.append(String.format(
                    Locale.ROOT,
                    ROW,
                    cut(category.name()),
                    String.format(Locale.ROOT, "%.1f %%", PERCENT * finding.share()),
                    String.format(Locale.ROOT, "%.1f to %.1f", PERCENT * finding.low(), PERCENT * finding.high()),
                    finding.stability() == null
                            ? ""
                            : Math.round(finding.stability() * result.runs()) + " of " + result.runs(),
                    finding.agreement() == null ? "" : String.format(Locale.ROOT, "%.2f", finding.agreement()),
                    finding.notes()));
        }
        return table.toString();
    }

    private static String cut(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }
}
