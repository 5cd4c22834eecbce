package io.rationale.simulator.fault;

import io.rationale.simulator.fault.Fault.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How often each fault is given: each is drawn for itself, so several may come together where they can.
 *
 * @param rates between 0 and 1; a fault that is not named never comes
 */
public record Faults(Map<Fault, Double> rates) {
    public static final Faults NONE = new Faults(Map.of());

    public Faults {
        Map<Fault, Double> copy = new EnumMap<>(Fault.class);
        copy.putAll(rates);
        copy.forEach(Faults::check);
        rates = Collections.unmodifiableMap(copy);
    }

    /**
     * Reads a list such as {@code reset=0.01,loop=0.005}.
     *
     * @throws IllegalArgumentException with a sentence for an unknown name or a rate that is none
     */
    public static Faults parse(String list) {
        Map<Fault, Double> rates = new EnumMap<>(Fault.class);
        for (String item : list.split(",")) {
            if (!item.isBlank()) {
                String[] parts = item.strip().split("=", -1);
                if (parts.length != 2) {
                    throw new IllegalArgumentException(
                            "A fault is given as name=rate, such as reset=0.01, but not as \"" + item.strip() + "\".");
                }
                rates.put(Fault.named(parts[0].strip()), rate(parts[0].strip(), parts[1].strip()));
            }
        }
        return new Faults(rates);
    }

    /**
     * Reads rates by the faults' names.
     *
     * @throws IllegalArgumentException with a sentence for an unknown name or a rate outside 0 to 1
     */
    public static Faults named(Map<String, Double> rates) {
        Map<Fault, Double> byFault = new EnumMap<>(Fault.class);
        rates.forEach((name, rate) -> byFault.put(Fault.named(name), rate));
        return new Faults(byFault);
    }

    /** The rates by the faults' names. */
    public Map<String, Double> byName() {
        Map<String, Double> names = new TreeMap<>();
        rates.forEach((fault, rate) -> names.put(fault.id(), rate));
        return names;
    }

    /**
     * Draws the faults of one request.
     *
     * @param seed     the request's own; the draw of one fault does not depend on the rates of others
     * @param streamed whether the response is a stream
     * @param judges   whether notes are judged
     * @return what really will be given
     */
    public Set<Fault> draw(long seed, boolean streamed, boolean judges) {
        Set<Fault> drawn = EnumSet.noneOf(Fault.class);
        rates.forEach((fault, rate) -> {
            if (new SplittableRandom(seed + 31L * fault.id().hashCode()).nextDouble() < rate) {
                drawn.add(fault);
            }
        });
        return compatible(drawn, streamed, judges);
    }

    private static Set<Fault> compatible(Set<Fault> drawn, boolean streamed, boolean judges) {
        Set<Fault> given = EnumSet.noneOf(Fault.class);
        for (Fault fault : drawn) {
            if (applies(fault, streamed, judges) && given.stream().noneMatch(other -> excludes(other, fault))) {
                given.add(fault);
            }
        }
        return given;
    }

    private static boolean applies(Fault fault, boolean streamed, boolean judges) {
        return switch (fault.kind()) {
            case ANSWER -> judges;
            case TRANSPORT -> streamed || fault != Fault.MISSING_DONE;
            default -> true;
        };
    }

    /** Whether the earlier fault leaves no room for the later one. */
    private static boolean excludes(Fault earlier, Fault later) {
        return switch (earlier.kind()) {
            case REPLACEMENT -> true;
            case BREAK -> later.kind() == Kind.BREAK || later == Fault.MISSING_DONE;
            case ENDING ->
                later.kind() == Kind.ENDING
                        || earlier.endsInThought() && (later.kind() == Kind.ANSWER || later == Fault.EMPTY_THOUGHT);
            case THOUGHT -> earlier == Fault.EMPTY_THOUGHT && later == Fault.MIXED_LANGUAGE;
            case TRANSPORT, ANSWER -> false;
        };
    }

    private static double rate(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The rate of " + name + " must be a number between 0 and 1, but is \"" + text + "\".", e);
        }
    }

    private static void check(Fault fault, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "The rate of " + fault.id() + " must be between 0 and 1, but is " + rate + ".");
        }
    }

    @Override
    public String toString() {
        return rates.isEmpty()
                ? "none"
                : rates.entrySet().stream()
                        .map(entry -> entry.getKey().id() + "=" + entry.getValue())
                        .collect(Collectors.joining(", "));
    }
}
