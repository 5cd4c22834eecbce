package io.rationale.classifier.simulation;

/** A note that an instance took in. Each that was asked is outstanding, then decided or lost, and counted as such. */
final class Task {
    static final int BYTES = 500;

    final Work work;
    final int offset;
    private final Tally tally;
    private State state = State.WAITING;

    private enum State {
        WAITING,
        OUTSTANDING,
        LOST,
        DECIDED
    }

    Task(Work work, int offset, Tally tally) {
        this.work = work;
        this.offset = offset;
        this.tally = tally;
    }

    void asked() {
        Check.that(state == State.WAITING, "a note of the same life is asked once");
        Check.that(
                work.isOutlived() || !work.log.isDecided(offset),
                "what is decided is not asked again, unless by a member that does not know yet that it was put out");
        tally.asked++;
        tally.outstanding++;
        state = State.OUTSTANDING;
    }

    void lost() {
        if (state == State.OUTSTANDING) {
            tally.outstanding--;
            tally.lost++;
            state = State.LOST;
        }
    }

    /** Its transaction is committed, maybe after its owner gave it up. */
    void decided() {
        Check.that(state == State.OUTSTANDING || state == State.LOST, "decided once");
        if (state == State.OUTSTANDING) {
            tally.outstanding--;
        } else {
            tally.lost--;
        }
        tally.decided++;
        state = State.DECIDED;
    }
}
