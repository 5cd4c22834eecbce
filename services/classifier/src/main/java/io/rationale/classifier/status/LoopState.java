package io.rationale.classifier.status;

import io.rationale.core.status.ClassifierStatus;
import io.rationale.core.taxonomy.TaxonomyRef;

/**
 * The loop as it is now.
 *
 * @param instance name of this classifier, unique in its group
 * @param taxonomy the version under which notes that come now are judged
 * @param inFlight notes that were read and are not written yet
 * @param waiting  of these, notes that wait for a call
 * @param lag      records of its partitions that are not finished
 * @param batch    how many notes it puts into a prompt
 */
public record LoopState(
        String instance, TaxonomyRef taxonomy, long inFlight, long waiting, long lag, ClassifierStatus.Batch batch) {}
