package io.rationale.console.reclassification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rationale.core.reclassification.ReclassificationEstimate;

/**
 * What a reclassification would take.
 *
 * @param unfinished id of one that asks for the same and has not ended; null without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EstimateAnswer(@JsonUnwrapped ReclassificationEstimate estimate, String unfinished) {}
