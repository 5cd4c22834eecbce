package io.rationale.core.discovery;

import java.util.ArrayList;
import java.util.List;

/** What all phases share. */
final class Plan {
    final NoteSample sample;
    final DiscoverySettings settings;
    final DiscoveryPrompts prompts;
    final Steps steps;
    final List<DroppedPattern> dropped = new ArrayList<>();

    Plan(NoteSample sample, DiscoverySettings settings) {
        this.sample = sample;
        this.settings = settings;
        this.prompts = new DiscoveryPrompts(settings.language());
        this.steps = new Steps(settings.maxCalls());
    }

    /** Calls that label the sample. */
    int assigningCalls() {
        return (sample.notes().size() + settings.batchNotes() - 1) / settings.batchNotes();
    }
}
