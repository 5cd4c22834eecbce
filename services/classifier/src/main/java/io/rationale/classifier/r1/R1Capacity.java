package io.rationale.classifier.r1;

/** What whoever fills R1's slots has to know of the cluster; it changes while the cluster runs. */
public interface R1Capacity {
    /** How many calls can be in progress now, those included that wait to be tried again. */
    int calls();

    /** Runs the action whenever there may be room for more calls. */
    void onRoom(Runnable action);

    /** Most notes that the model should be asked about in one prompt. */
    int notesPerPrompt();

    /** Tokens of prompt, thought and answer together. */
    int contextTokens();
}
