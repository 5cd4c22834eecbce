package io.rationale.core.discovery;

import io.rationale.core.r1.ModelOutcome;

/**
 * Where a discovery stands: naming, merging, assigning, ended. A phase plans its steps with {@link Steps} when it begins
 * and when an answer makes further ones necessary.
 */
sealed interface Phase permits Naming, Merging, Assigning, Ended {
    /** What came of the answer, in a few words. */
    String answered(Step step, ModelOutcome outcome);

    /** Once no step is open: what follows. Itself only when ended. */
    Phase next();

    /** For progress. */
    String name();

    /** Calls of the phases after this one, as far as they can be foreseen. */
    int callsAfter();
}
