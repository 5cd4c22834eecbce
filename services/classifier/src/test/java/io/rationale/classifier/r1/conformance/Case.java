package io.rationale.classifier.r1.conformance;

import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.profile.ServerProfile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One server, asked in one way, with one thing that goes wrong. */
record Case(ServerProfile profile, boolean streamed, Fault fault) {
    static List<Case> all() {
        return Arrays.stream(ServerProfile.values()).flatMap(Case::of).toList();
    }

    static Stream<Case> of(ServerProfile profile) {
        return Stream.of(true, false)
                .flatMap(streamed -> Arrays.stream(Fault.values()).map(fault -> new Case(profile, streamed, fault)));
    }

    @Override
    public String toString() {
        return profile.id() + ", " + (streamed ? "streamed" : "whole") + ", " + fault.id();
    }
}
