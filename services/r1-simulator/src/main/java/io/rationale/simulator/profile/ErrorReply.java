package io.rationale.simulator.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal as a server words it. */
public record ErrorReply(int status, ObjectNode body) {}
