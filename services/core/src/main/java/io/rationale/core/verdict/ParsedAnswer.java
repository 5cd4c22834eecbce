package io.rationale.core.verdict;

import java.util.List;

/**
 * An acceptable entry of an answer.
 *
 * @param category   a label of the closed set
 * @param secondary  another one, or null
 * @param evidence   the quotes that were found
 * @param quoteFound whether all given quotes were found, and there was one
 * @param relabelled whether the label had to be normalised
 * @param rationale  as given
 * @param confidence as given
 */
public record ParsedAnswer(
        String category,
        String secondary,
        List<Evidence> evidence,
        boolean quoteFound,
        boolean relabelled,
        String rationale,
        Verdict.Confidence confidence) {
    public ParsedAnswer {
        evidence = List.copyOf(evidence);
    }
}
