package io.rationale.classifier.simulation;

import java.util.function.IntFunction;

/** What is simulated, by size. Sizes are multiples of 60. */
enum Plans {
    QUIET_ALONE(notes -> Plan.quiet("one instance, a note a call", notes, 1, 1)),
    QUIET_BATCHES(notes -> Plan.quiet("one instance", notes, 1, 16)),
    FAULTS_ALONE(notes -> Plan.quiet("one instance, a note a call", notes, 1, 1).withFaults(1_200, 600, 0.1)),
    FAULTS_BATCHES(notes -> Plan.quiet("three instances", notes, 3, 16).withFaults(300, 120, 0.1)),
    FAULTS_THREE_ALONE(
            notes -> Plan.quiet("three instances, a note a call", notes, 3, 1).withFaults(300, 120, 0.1)),
    ONE_PARTITION(notes -> Plan.quiet("one partition", notes, 1, 8)
            .withFaults(1_200, 600, 0.05)
            .withLimits(1, 24_000, 4_096)),
    SMALL_METADATA(notes -> Plan.quiet("a broker that takes 256 characters", notes, 3, 8)
            .withFaults(600, 300, 0.05)
            .withLimits(6, 20_000, 256));

    private final IntFunction<Plan> plan;

    Plans(IntFunction<Plan> plan) {
        this.plan = plan;
    }

    Plan of(int notes) {
        return plan.apply(notes);
    }
}
