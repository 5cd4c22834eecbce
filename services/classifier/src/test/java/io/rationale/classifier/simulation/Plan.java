package io.rationale.classifier.simulation;

import io.rationale.core.ledger.OffsetLedger;

/**
 * What is simulated.
 *
 * @param title        for people
 * @param notes        in the log
 * @param partitions   that they are spread over
 * @param instances    of the classifier
 * @param calls        that an instance may run at a time
 * @param batch        most notes in a call
 * @param maxInFlight  notes that an instance may have read and not written
 * @param maxMetadata  characters of metadata that the broker takes
 * @param crashEvery   seconds between two kills, on average; 0 for none
 * @param shuffleEvery seconds between two rebalances, on average; 0 for none
 * @param failing      share of transactions that fail or whose answer is lost
 */
record Plan(
        String title,
        int notes,
        int partitions,
        int instances,
        int calls,
        int batch,
        int maxInFlight,
        int maxMetadata,
        int crashEvery,
        int shuffleEvery,
        double failing) {
    static Plan quiet(String title, int notes, int instances, int batch) {
        return new Plan(title, notes, 6, instances, 256, batch, 20_000, OffsetLedger.MAX_METADATA, 0, 0, 0);
    }

    Plan withFaults(int newCrashEvery, int newShuffleEvery, double newFailing) {
        return new Plan(
                title,
                notes,
                partitions,
                instances,
                calls,
                batch,
                maxInFlight,
                maxMetadata,
                newCrashEvery,
                newShuffleEvery,
                newFailing);
    }

    Plan withLimits(int newPartitions, int newMaxInFlight, int newMaxMetadata) {
        return new Plan(
                title,
                notes,
                newPartitions,
                instances,
                calls,
                batch,
                newMaxInFlight,
                newMaxMetadata,
                crashEvery,
                shuffleEvery,
                failing);
    }
}
