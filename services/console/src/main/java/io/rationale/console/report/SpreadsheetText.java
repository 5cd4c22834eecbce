package io.rationale.console.report;

/** Makes text harmless in spreadsheets, which take some of it for formulas. */
public final class SpreadsheetText {
    private static final String BEGINS_FORMULA = "=+-@\t\r\n|%";

    private SpreadsheetText() {}

    /** The text, led by an apostrophe when it, or what follows its leading space, would begin a formula. */
    public static String safe(String untrusted) {
        String start = untrusted.stripLeading();
        boolean formula = !untrusted.isEmpty()
                && (BEGINS_FORMULA.indexOf(untrusted.charAt(0)) >= 0
                        || (!start.isEmpty() && BEGINS_FORMULA.indexOf(start.charAt(0)) >= 0));
        return formula ? "'" + untrusted : untrusted;
    }
}
