package io.rationale.classifier.work;

/** Where decisions go. */
public interface DecisionSink {
    /** Takes a decision; never blocks, the number in flight being bounded at the intake. */
    void add(Decision decision);

    /** Whether results pile up, for Kafka does not take them: then it is no time to ask R1 for more. */
    boolean isFull();
}
