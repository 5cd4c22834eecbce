package io.rationale.classifier.status;

/**
 * The loop as it is now.
 *
 * @param instance name of this classifier, unique in its group
 * @param inFlight notes that were read and are not written yet
 * @param waiting  of these, notes that wait for a call
 * @param lag      records of its partitions that are not finished
 */
public record LoopState(String instance, long inFlight, long waiting, long lag) {}
