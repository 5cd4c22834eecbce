package io.rationale.classifier.simulation;

/** What happened. Plain counters, written by one thread. */
final class Tally {
    long steps;
    long seconds;
    long asked;
    long decided;
    /** Asked, and lost with the instance or the ownership before anything was committed. */
    long lost;

    long outstanding;
    int crashes;
    int rebalances;
    int evictions;
    int failedTransactions;
    /** Notes decided beyond the one that is stuck, in its partition, while it was. */
    int beyondStuck;

    int longestMetadata;
    long longestSpan;
    int mostUnfinished;
    long mostInFlight;
    /** Looks at a partition with something to take in, and those of them that the ledger refused. */
    long looks;

    long refusals;
}
