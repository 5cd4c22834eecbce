package io.rationale.classifier.r1.cluster;

import io.rationale.core.r1.ModelReply;

/** The permission for one call to one endpoint; given back by exactly one of its ends, further ones change nothing. */
public interface Admission {
    /** Where to send the call. */
    Endpoint endpoint();

    /**
     * What to do when the endpoint is taken out while this call has no words yet: run once, at once where that has
     * happened already, on whichever thread found out.
     */
    void onTakenOut(Runnable action);

    /** The first words came. */
    void firstPayload(long now);

    /** The call came back, with whatever outcome. */
    void replied(long now, ModelReply reply);

    /** The caller gave the call up, which says nothing about the endpoint. */
    void givenUp(long now);
}
