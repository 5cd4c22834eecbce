package io.rationale.classifier.status;

/**
 * How many tokens a call says a second, as an average in which what is further back counts less. Time without calls
 * changes nothing. Not thread safe.
 */
final class CallRate {
    /** Seconds of calls after which what was before counts half; there are as many calls in a second as are in progress. */
    private static final double HALF_LIFE = 600;

    private static final double DIGITS = 100;

    private double wordsBefore;
    private double secondsBefore;
    private double words;
    private double seconds;

    /**
     * @param said so far, in calls that ended
     * @param busy seconds that these calls took, one after the other
     * @return tokens a second, or null before the first call
     */
    Double after(double said, double busy) {
        double fading = Math.pow(0.5, (busy - secondsBefore) / HALF_LIFE);
        words = words * fading + said - wordsBefore;
        seconds = seconds * fading + busy - secondsBefore;
        wordsBefore = said;
        secondsBefore = busy;
        return seconds > 0 && words > 0 ? Math.round(words / seconds * DIGITS) / DIGITS : null;
    }
}
