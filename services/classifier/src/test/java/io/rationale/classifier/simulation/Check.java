package io.rationale.classifier.simulation;

/** Cheap enough for every step. */
final class Check {
    private Check() {}

    static void that(boolean holds, String law) {
        if (!holds) {
            throw new AssertionError("broken: " + law);
        }
    }
}
