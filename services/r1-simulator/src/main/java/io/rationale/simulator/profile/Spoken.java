package io.rationale.simulator.profile;

/** The thought and the content as a server sends them, or a piece of them; empty where there is none. */
public record Spoken(String thought, String content) {}
