package io.rationale.console.search;

/** Where a decision stands in the audit. */
public record Position(int partition, long offset) {}
