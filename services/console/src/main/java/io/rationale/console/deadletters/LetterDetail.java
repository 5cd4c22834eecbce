package io.rationale.console.deadletters;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rationale.core.verdict.ExchangePointer;
import java.util.List;

/**
 * A dead letter with what it holds.
 *
 * @param letter    in short
 * @param text      the original as text, U+FFFD in place of what is not UTF-8
 * @param truncated whether the text goes on
 * @param exchanges the R1 calls that failed over it
 */
public record LetterDetail(
        @JsonUnwrapped LetterSummary letter, String text, boolean truncated, List<ExchangePointer> exchanges) {
    public LetterDetail {
        exchanges = List.copyOf(exchanges);
    }
}
