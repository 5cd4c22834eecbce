package io.rationale.classifier.intake;

import io.rationale.classifier.r1.R1Capacity;
import io.rationale.classifier.r1.SpareSlots;
import java.util.function.BooleanSupplier;

/** R1 as whoever comes after the new notes sees it: with the slots that are left, and none while there is a pause. */
record SpareCapacity(R1Capacity all, SpareSlots spare, BooleanSupplier isRunning) implements R1Capacity {
    @Override
    public int calls() {
        return isRunning.getAsBoolean() ? spare.most(SpareSlots.Use.RECLASSIFICATION) : 0;
    }

    /** The poll loop looks for room by itself, twenty times a second. */
    @Override
    public void onRoom(Runnable action) {
        all.onRoom(action);
    }

    @Override
    public int notesPerPrompt() {
        return all.notesPerPrompt();
    }

    @Override
    public int contextTokens() {
        return all.contextTokens();
    }
}
