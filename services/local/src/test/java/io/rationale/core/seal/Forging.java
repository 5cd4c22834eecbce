package io.rationale.core.seal;

/** Makes links as somebody would who knows how they are made. */
public final class Forging {
    private Forging() {}

    /** The same with the hash that its fields come to. */
    public static ChainEvent.Sealed withHash(ChainEvent.Sealed of) {
        return new ChainEvent.Sealed(
                of.version(),
                of.topic(),
                of.partition(),
                of.sequence(),
                of.firstOffset(),
                of.lastOffset(),
                of.records(),
                of.digest(),
                of.previous(),
                LinkHash.of(of),
                of.at(),
                of.published());
    }
}
