package io.rationale.core.discovery;

import io.rationale.core.r1.ModelOutcome;
import java.util.Optional;

/**
 * Nothing follows.
 *
 * @param findings what came out, unless it failed
 * @param failure  a sentence, when it did
 */
record Ended(Optional<Findings> findings, Optional<String> failure) implements Phase {
    static Ended with(Findings findings) {
        return new Ended(Optional.of(findings), Optional.empty());
    }

    static Ended failed(String reason) {
        return new Ended(Optional.empty(), Optional.of(reason));
    }

    @Override
    public String answered(Step step, ModelOutcome outcome) {
        throw new IllegalStateException("a discovery that has ended asks nothing");
    }

    @Override
    public Phase next() {
        return this;
    }

    @Override
    public String name() {
        return "ended";
    }

    @Override
    public int callsAfter() {
        return 0;
    }
}
