package io.rationale.simulator.chat;

/** How a server treats a prompt that is too long. */
public enum LongPrompts {
    /** Refused where prompt and requested output do not fit the context together. */
    REFUSED_WITH_OUTPUT,
    /** Refused where the prompt alone does not fit; the output ends where the context does. */
    REFUSED,
    /** Cut without a word. */
    CUT
}
