package io.rationale.local.verify.count;

/**
 * What is counted together, over a day; all are numbers of {@link Names}.
 *
 * @param taxonomy  the version, or none for all notes whatever was decided
 * @param category  the label, or none for undecided notes
 * @param source    of the notes
 * @param dimension name of a label of the notes, or none
 * @param value     of that label
 * @param model     that judged, or none for the count whoever judged
 * @param day       since 1970, or {@link #OLDER}
 */
record Cell(int taxonomy, int category, int source, int dimension, int value, int model, int day) {
    /** What has no time any more. */
    static final int OLDER = Integer.MIN_VALUE;

    private static final int MINUTES_A_DAY = 24 * 60;

    /** The day of a minute since 1970. */
    static int dayOf(long minute) {
        return (int) Math.floorDiv(minute, (long) MINUTES_A_DAY);
    }

    /** The same on another day. */
    Cell on(int otherDay) {
        return new Cell(taxonomy, category, source, dimension, value, model, otherDay);
    }

    /** The same of one model. */
    Cell by(int otherModel) {
        return new Cell(taxonomy, category, source, dimension, value, otherModel, day);
    }
}
