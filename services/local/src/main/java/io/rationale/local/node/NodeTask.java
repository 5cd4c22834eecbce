package io.rationale.local.node;

/** What a command does once its node runs. */
@FunctionalInterface
public interface NodeTask {
    /** @return the process's exit code */
    int run(RunningNode node) throws Exception;
}
