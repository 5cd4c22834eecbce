package io.rationale.console.report;

import io.rationale.core.verdict.Checks;
import java.util.ArrayList;
import java.util.List;

/** What a reader of a verdict should look at, in words. */
public final class Doubts {
    private Doubts() {}

    /** One phrase for each check that failed. */
    public static List<String> of(Checks checks) {
        List<String> doubts = new ArrayList<>();
        add(doubts, !checks.quoteFound(), "no quote verified");
        add(doubts, !checks.labelNamed(), "label not named in the reasoning");
        add(doubts, checks.salvaged(), "answer salvaged from an unclosed thought");
        add(doubts, checks.relabelled(), "label normalised");
        add(doubts, checks.truncated(), "truncated");
        add(doubts, checks.mixedScript(), "foreign script in the reasoning");
        add(doubts, checks.emptyThought(), "no thought");
        add(doubts, checks.injected(), "the note addresses the model");
        return doubts;
    }

    private static void add(List<String> doubts, boolean doubtful, String words) {
        if (doubtful) {
            doubts.add(words);
        }
    }
}
