package io.rationale.local.verify;

import io.rationale.local.verify.log.LogFaults;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what was checked and keeps the first faults. Used by one thread. */
public final class Findings implements LogFaults {
    private static final int KEPT = 20;

    private final Map<Check, Tally> tallies = new EnumMap<>(Check.class);
    private final List<Fault> faults = new ArrayList<>();

    /**
     * How often something was checked.
     *
     * @param checked what held or not
     * @param broken  what did not hold
     * @param leftOut what could not be checked: expired, erased, cut, or of a taxonomy that is not known
     */
    public record Tally(long checked, long broken, long leftOut) {
        static final Tally NONE = new Tally(0, 0, 0);

        Tally plus(Tally other) {
            return new Tally(checked + other.checked, broken + other.broken, leftOut + other.leftOut);
        }
    }

    /** It holds, so many times. */
    void holds(Check check, long times) {
        add(check, new Tally(times, 0, 0));
    }

    /** It holds. */
    void holds(Check check) {
        holds(check, 1);
    }

    /** It cannot be checked. */
    void leaveOut(Check check) {
        add(check, new Tally(0, 0, 1));
    }

    /** It does not hold. */
    void broken(Check check, String topic, int partition, long offset, String sentence) {
        add(check, new Tally(1, 1, 0));
        if (faults.size() < KEPT) {
            faults.add(new Fault(check, topic, partition, offset, sentence));
        }
    }

    private void add(Check check, Tally more) {
        tallies.merge(check, more, Tally::plus);
    }

    @Override
    public void damaged(String topic, int partition, long offset, String what) {
        broken(Check.BYTES, topic, partition, offset, what);
    }

    /** The first faults, in the order in which they were found. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** How often that was checked. */
    public Tally of(Check check) {
        return tallies.getOrDefault(check, Tally.NONE);
    }

    /** All faults, kept or not. */
    public long brokenCount() {
        return tallies.values().stream().mapToLong(Tally::broken).sum();
    }
}
