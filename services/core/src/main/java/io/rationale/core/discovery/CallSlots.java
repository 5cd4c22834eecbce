package io.rationale.core.discovery;

/** Permission to call R1, so that a discovery takes nothing that something more urgent needs. */
public interface CallSlots {
    /** As many calls at a time as there are steps. */
    CallSlots UNBOUNDED = new CallSlots() {
        @Override
        public void acquire() {
            // always there
        }

        @Override
        public void release() {
            // nothing to give back
        }
    };

    /** Waits until a call may be made; each is to be given back. */
    void acquire() throws InterruptedException;

    /** The call has ended. */
    void release();
}
