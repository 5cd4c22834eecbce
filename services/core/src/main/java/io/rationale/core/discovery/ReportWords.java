package io.rationale.core.discovery;

import java.util.Locale;

/** The sentences that proposal and reports share. */
final class ReportWords {
    private static final double PERCENT = 100;

    private ReportWords() {}

    static String basis(DiscoveryResult result) {
        return String.format(
                Locale.ROOT,
                "%d notes: %d were drawn, and %d of these, each for those that say the same, were read in %s and labelled"
                        + " once.",
                result.population(),
                result.drawn(),
                result.notes(),
                result.runs() == 1 ? "one run" : result.runs() + " shuffled runs");
    }

    static String agreement(DiscoveryResult result) {
        return result.agreement() == null
                ? "With one run nothing can be said about stability."
                : String.format(
                        Locale.ROOT,
                        "Agreement of the runs about which notes belong together: adjusted Rand index %.2f (1 is"
                                + " perfect, 0 is chance).",
                        result.agreement());
    }

    static String share(Finding finding) {
        return String.format(
                Locale.ROOT,
                "Share %.1f %% (95 %% interval %.1f to %.1f), %d notes of the sample.",
                PERCENT * finding.share(),
                PERCENT * finding.low(),
                PERCENT * finding.high(),
                finding.notes());
    }

    static String stability(Finding finding, int runs) {
        String found =
                String.format(Locale.ROOT, "Found in %d of %d runs", Math.round(finding.stability() * runs), runs);
        return finding.agreement() == null
                ? found + "."
                : found
                        + String.format(
                                Locale.ROOT,
                                "; the runs agree about its notes to %.2f (mean Jaccard similarity).",
                                finding.agreement());
    }

    static String about(StepSummary step) {
        String what =
                switch (step.kind()) {
                    case NAME -> "Patterns of " + step.notes() + " notes, run " + step.run();
                    case MERGE -> "Which patterns are the same";
                    case ASSIGN -> "Categories of " + step.notes() + " notes";
                };
        return "Call " + step.number() + ": " + what;
    }

    static String cost(DiscoveryResult result) {
        return String.format(
                Locale.ROOT,
                "%d calls, %d tokens of prompts, %d of reasoning, %d of answers.",
                result.steps().size(),
                Math.round(result.usage().prompt()),
                Math.round(result.usage().reasoning()),
                Math.round(result.usage().answer()));
    }
}
