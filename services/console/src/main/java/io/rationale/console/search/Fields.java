package io.rationale.console.search;

import io.rationale.core.taxonomy.TaxonomyRef;

/** The fields of a note's document; those below that take a version stand once for each. */
final class Fields {
    /** Grows when documents change, so that older indexes are built anew. */
    static final String FORMAT = "1";

    static final String ID = "id";
    /** The {@link IndexedNote} as JSON: the only stored one. */
    static final String NOTE = "note";

    static final String TEXT = "text";
    static final String SOURCE = "source";
    static final String OBSERVED = "observedAt";
    static final String DECIDED = "decidedAt";
    static final String DIMENSION = "dimension";
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

    /** Where the note is shown as it was judged, as {@link #packed}. */
    static String shown(TaxonomyRef taxonomy) {
        return "shown/" + taxonomy;
    }

    /** {@code reviewed}, {@code quoted}, and the checks that failed. */
    static String flag(TaxonomyRef taxonomy) {
        return "flag/" + taxonomy;
    }

    static final String REVIEWED = "reviewed";
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
