package io.rationale.console.search;

import io.rationale.core.verdict.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * What a list of notes needs to know.
 *
 * @param noteId     the note
 * @param source     where it comes from
 * @param observedAt when the failure was seen, else Kafka's timestamp
 * @param excerpt    start of the text
 * @param quote      first quote of the evidence, or null
 * @param category   the label, or null for undecided
 * @param secondary  R1's second label, or null
 * @param confidence as R1 stated it
 * @param agreement  of the votes, 0 to 1
 * @param reviewed   whether a person gave the label
 * @param failed     checks of the verdict that failed
 * @param partition  of the audit record that decided
 * @param offset     there; -1 when only a person said something
 */
public record NoteSummary(
        String noteId,
        String source,
        Instant observedAt,
        String excerpt,
        String quote,
        String category,
        String secondary,
        Verdict.Confidence confidence,
        double agreement,
        boolean reviewed,
        List<Check> failed,
        int partition,
        long offset) {}
