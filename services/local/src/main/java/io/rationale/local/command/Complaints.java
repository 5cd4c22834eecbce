package io.rationale.local.command;

import io.rationale.core.deadletter.DeadLetter;
import java.util.function.Consumer;

/** Says what is wrong with each entry of a file, up to a number that a person reads. */
final class Complaints implements Consumer<DeadLetter> {
    private static final int SHOWN = 20;

    private final String rest;
    private long count;

    /** @param rest where the others are, for people */
    Complaints(String rest) {
        this.rest = rest;
    }

    @Override
    public void accept(DeadLetter letter) {
        count++;
        if (count <= SHOWN && letter.origin() instanceof DeadLetter.Origin.File at) {
            System.err.println(at.file() + ":" + at.line() + ": " + letter.reason() + ": " + letter.cause());
        }
    }

    /** Nothing follows. */
    void end() {
        if (count > SHOWN) {
            System.err.println("… and " + (count - SHOWN) + " more" + rest);
        }
    }
}
