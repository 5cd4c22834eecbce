package io.rationale.console.search;

import io.rationale.core.taxonomy.TaxonomyRef;

/** The fields of a note's document; those below that take a version stand once for each. */
final class Fields {
    /** Grows when documents change, so that older indexes are built anew. */
    static final String FORMAT = "3";

    static final String ID = "id";
    /** The {@link IndexedNote} as JSON: the only stored one. */
    static final String NOTE = "note";

    static final String TEXT = "text";
    static final String SOURCE = "source";
    static final String OBSERVED = "observedAt";
    static final String DECIDED = "decidedAt";
    static final String DIMENSION = "dimension";
    /** The note's place in the random order. */
    static final String LOT = "lot";
    /** Hash of what the note says: notes of the same content have the same. */
    static final String CONTENT = "content";
    /** Estimated tokens of what the note says. */
    static final String TOKENS = "tokens";
    /** The versions that the note has a label under. */
    static final String VERSION = "version";

    private Fields() {}

    static String category(TaxonomyRef taxonomy) {
        return "category/" + taxonomy;
    }

    static String secondary(TaxonomyRef taxonomy) {
        return "secondary/" + taxonomy;
    }

    /** In millionths. */
    static String agreement(TaxonomyRef taxonomy) {
        return "agreement/" + taxonomy;
    }

    /** Falling agreement, then falling confidence, as one number. */
    static String rank(TaxonomyRef taxonomy) {
        return "rank/" + taxonomy;
    }

    /** How much a person should look at the note, {@link Doubt#of}. */
    static String doubt(TaxonomyRef taxonomy) {
        return "doubt/" + taxonomy;
    }

    /** R1's category. */
    static String verdict(TaxonomyRef taxonomy) {
        return "verdict/" + taxonomy;
    }

    /** A person's category. */
    static String review(TaxonomyRef taxonomy) {
        return "review/" + taxonomy;
    }

    /** There when the note was reviewed as one of a random sample. */
    static String drawn(TaxonomyRef taxonomy) {
        return "drawn/" + taxonomy;
    }

    /** Begins the names of {@link #shown}. */
    static final String SHOWN = "shown/";

    /** Where the note is shown as it was judged, as {@link #packed}. */
    static String shown(TaxonomyRef taxonomy) {
        return SHOWN + taxonomy;
    }

    /** What judging it took, {@link SpentSums#packed}. */
    static String spent(TaxonomyRef taxonomy) {
        return "spent/" + taxonomy;
    }

    /** {@code reviewed}, {@code drawn}, {@code quoted}, and the checks that failed. */
    static String flag(TaxonomyRef taxonomy) {
        return "flag/" + taxonomy;
    }

    static final String REVIEWED = "reviewed";
    /** A review of it was one of a random sample. */
    static final String DRAWN = "drawn";
    /** There is a quote that can be shown as an example. */
    static final String QUOTED = "quoted";

    private static final int OFFSET_BITS = 47;

    /** Partition and offset as one number that sorts by both. */
    static long packed(Position position) {
        return (long) position.partition() << OFFSET_BITS | position.offset();
    }

    static Position unpacked(long packed) {
        return new Position((int) (packed >> OFFSET_BITS), packed & (1L << OFFSET_BITS) - 1);
    }
}
