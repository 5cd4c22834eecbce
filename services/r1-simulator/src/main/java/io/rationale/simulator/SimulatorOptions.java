package io.rationale.simulator;

import java.util.Objects;

/**
 * How to run a simulator.
 *
 * @param host    the address to listen on
 * @param port    the port to listen on, 0 for any that is free
 * @param model   the only model name that is served
 * @param slots   how many requests are worked on at once; the others wait
 * @param speedUp what all times are divided by; a million means no delay at all
 * @param seed    chooses the phrases of the thought and the completion ids
 */
public record SimulatorOptions(String host, int port, String model, int slots, double speedUp, long seed) {
    /** Any free local port at the speed of one idle node. */
    public static final SimulatorOptions DEFAULT = new SimulatorOptions("127.0.0.1", 0, "lexical-stand-in", 32, 1, 42);

    public SimulatorOptions {
        Objects.requireNonNull(host, "host");
        check(port >= 0 && port <= 65_535, "The port must be between 0 and 65535, but is " + port + ".");
        check(model != null && !model.isBlank(), "The model needs a name.");
        check(slots > 0, "At least one slot is needed, but there are " + slots + ".");
        check(
                speedUp > 0 && speedUp < Double.POSITIVE_INFINITY,
                "The speed-up must be a positive number, but is " + speedUp + ".");
    }

    public SimulatorOptions withPort(int newPort) {
        return new SimulatorOptions(host, newPort, model, slots, speedUp, seed);
    }

    public SimulatorOptions withModel(String newModel) {
        return new SimulatorOptions(host, port, newModel, slots, speedUp, seed);
    }

    public SimulatorOptions withSlots(int newSlots) {
        return new SimulatorOptions(host, port, model, newSlots, speedUp, seed);
    }

    public SimulatorOptions withSpeedUp(double newSpeedUp) {
        return new SimulatorOptions(host, port, model, slots, newSpeedUp, seed);
    }

    public SimulatorOptions withSeed(long newSeed) {
        return new SimulatorOptions(host, port, model, slots, speedUp, newSeed);
    }

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }
}
