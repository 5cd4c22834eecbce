package io.rationale.simulator;

import io.rationale.simulator.cluster.TimeModel;
import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.fault.Faults;
import io.rationale.simulator.profile.ServerProfile;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How to run a simulator: what it plays, how large and fast it is, and what goes wrong.
 *
 * @param host          the address to listen on
 * @param port          the port of the first node, the others on the ones after it; 0 for any that are free
 * @param nodes         how many servers to run
 * @param profile       which server it plays
 * @param model         the only model name that is served
 * @param slots         how many requests a node works on at once; the others wait
 * @param queue         how many may wait on a node before it refuses; empty for any number
 * @param context       tokens of prompt and output together
 * @param prefillRate   prompt tokens a second
 * @param tokenMsIdle   milliseconds a token at up to four requests
 * @param tokenMsFull   milliseconds a token when all slots are busy
 * @param speedUp       what all times are divided by; a million means no delay at all
 * @param thoughtMedian median length of the thought about one note in tokens, lognormal and growing with the square root
 *                      of the notes; 0 for no more than there is to say
 * @param seed          chooses phrases, lengths, faults and completion ids
 * @param apiKey        what a client has to present, never shown; empty for none
 * @param faults        how often what goes wrong
 */
public record SimulatorOptions(
        String host,
        int port,
        int nodes,
        ServerProfile profile,
        String model,
        int slots,
        OptionalInt queue,
        int context,
        double prefillRate,
        double tokenMsIdle,
        double tokenMsFull,
        double speedUp,
        int thoughtMedian,
        long seed,
        Optional<String> apiKey,
        Faults faults) {
    /** One vLLM on any free local port at the speed of one 8-GPU node, brief in its thoughts and without faults. */
    public static final SimulatorOptions DEFAULT = new SimulatorOptions(
            "127.0.0.1",
            0,
            1,
            ServerProfile.VLLM,
            "lexical-stand-in",
            32,
            OptionalInt.empty(),
            131_072,
            15_000,
            20,
            200,
            1,
            0,
            42,
            Optional.empty(),
            Faults.NONE);

    private static final int LARGEST_CONTEXT = 10_000_000;

    public SimulatorOptions {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(faults, "faults");
        check(port >= 0 && port <= 65_535, "The port must be between 0 and 65535, but is " + port + ".");
        check(nodes > 0, "At least one node is needed, but there are " + nodes + ".");
        check(
                port == 0 || port + nodes - 1 <= 65_535,
                nodes + " nodes from port " + port + " on would need ports beyond 65535.");
        check(model != null && !model.isBlank(), "The model needs a name.");
        check(slots > 0, "At least one slot is needed, but there are " + slots + ".");
        check(queue.orElse(0) >= 0, "The queue must hold 0 requests or more, but holds " + queue.orElse(0) + ".");
        check(
                context > 0 && context <= LARGEST_CONTEXT,
                "The context must hold between 1 and " + LARGEST_CONTEXT + " tokens, but holds " + context + ".");
        check(isPositive(prefillRate), "The prefill rate must be a positive number, but is " + prefillRate + ".");
        check(
                isPositive(tokenMsIdle),
                "The idle time of a token must be a positive number, but is " + tokenMsIdle + ".");
        check(
                isPositive(tokenMsFull) && tokenMsFull >= tokenMsIdle,
                "The time of a token with all slots busy must not be less than the idle one, but " + tokenMsFull
                        + " is less than " + tokenMsIdle + ".");
        check(isPositive(speedUp), "The speed-up must be a positive number, but is " + speedUp + ".");
        check(thoughtMedian >= 0, "The median of the thought must be 0 tokens or more, but is " + thoughtMedian + ".");
        check(apiKey.isEmpty() || !apiKey.get().isBlank(), "The API key must not be blank.");
    }

    public SimulatorOptions withHost(String host) {
        return with(draft -> draft.host = host);
    }

    public SimulatorOptions withPort(int port) {
        return with(draft -> draft.port = port);
    }

    public SimulatorOptions withNodes(int nodes) {
        return with(draft -> draft.nodes = nodes);
    }

    public SimulatorOptions withProfile(ServerProfile profile) {
        return with(draft -> draft.profile = profile);
    }

    public SimulatorOptions withModel(String model) {
        return with(draft -> draft.model = model);
    }

    public SimulatorOptions withSlots(int slots) {
        return with(draft -> draft.slots = slots);
    }

    /** So many may wait on a node. */
    public SimulatorOptions withQueue(int queue) {
        return withQueue(OptionalInt.of(queue));
    }

    /** So many may wait on a node, or any number. */
    public SimulatorOptions withQueue(OptionalInt queue) {
        return with(draft -> draft.queue = queue);
    }

    public SimulatorOptions withContext(int context) {
        return with(draft -> draft.context = context);
    }

    public SimulatorOptions withPrefillRate(double tokensPerSecond) {
        return with(draft -> draft.prefillRate = tokensPerSecond);
    }

    /** Milliseconds a token with up to four requests, and with all slots busy. */
    public SimulatorOptions withTokenMs(double idle, double full) {
        return with(draft -> {
            draft.tokenMsIdle = idle;
            draft.tokenMsFull = full;
        });
    }

    public SimulatorOptions withSpeedUp(double speedUp) {
        return with(draft -> draft.speedUp = speedUp);
    }

    public SimulatorOptions withThoughtMedian(int tokens) {
        return with(draft -> draft.thoughtMedian = tokens);
    }

    public SimulatorOptions withSeed(long seed) {
        return with(draft -> draft.seed = seed);
    }

    /** What clients have to present. */
    public SimulatorOptions withApiKey(String apiKey) {
        return with(draft -> draft.apiKey = Optional.of(apiKey));
    }

    public SimulatorOptions withFaults(Map<Fault, Double> rates) {
        return with(draft -> draft.faults = new Faults(rates));
    }

    /** The pace of a node. */
    public TimeModel timeModel() {
        return new TimeModel(tokenMsIdle, tokenMsFull, prefillRate, slots, speedUp);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SimulatorOptions[" + nodes + " x " + profile + " on " + host + ":" + port + ", model " + model + "]";
    }

    private SimulatorOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    private static boolean isPositive(double value) {
        return value > 0 && value < Double.POSITIVE_INFINITY;
    }

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The values on their way from one instance to the next. */
    private static final class Draft {
        private String host;
        private int port;
        private int nodes;
        private ServerProfile profile;
        private String model;
        private int slots;
        private OptionalInt queue;
        private int context;
        private double prefillRate;
        private double tokenMsIdle;
        private double tokenMsFull;
        private double speedUp;
        private int thoughtMedian;
        private long seed;
        private Optional<String> apiKey;
        private Faults faults;

        private Draft(SimulatorOptions from) {
            host = from.host;
            port = from.port;
            nodes = from.nodes;
            profile = from.profile;
            model = from.model;
            slots = from.slots;
            queue = from.queue;
            context = from.context;
            prefillRate = from.prefillRate;
            tokenMsIdle = from.tokenMsIdle;
            tokenMsFull = from.tokenMsFull;
            speedUp = from.speedUp;
            thoughtMedian = from.thoughtMedian;
            seed = from.seed;
            apiKey = from.apiKey;
            faults = from.faults;
        }

        private SimulatorOptions done() {
            return new SimulatorOptions(
                    host,
                    port,
                    nodes,
                    profile,
                    model,
                    slots,
                    queue,
                    context,
                    prefillRate,
                    tokenMsIdle,
                    tokenMsFull,
                    speedUp,
                    thoughtMedian,
                    seed,
                    apiKey,
                    faults);
        }
    }
}
