package io.rationale.console.search;

import io.rationale.core.r1.Usage;

/**
 * What judging a note took.
 *
 * @param usage its share of the tokens of all its calls
 * @param calls that it took part in; 0 when it shares another's verdict
 * @param batch notes in the call that decided
 */
public record Spent(Usage usage, int calls, int batch) {}
