package io.rationale.core.reclassification;

import io.rationale.core.r1.Usage;
import java.util.Collection;

/**
 * What was spent on notes that were asked about in batches of one size; notes that shared another's verdict are not
 * among them. A value to which notes are added by making a new one.
 *
 * @param batch   notes in a call
 * @param notes   how many
 * @param usage   on all of them
 * @param calls   that they took part in, votes and retries included
 * @param tokens  estimated of their contents, each as often as it was asked about
 * @param squares sum of the squares of what was spent on each
 */
public record SpentBefore(int batch, long notes, Usage usage, double calls, double tokens, double squares) {
    /** Nothing yet. */
    public static SpentBefore none(int batch) {
        return new SpentBefore(batch, 0, Usage.NONE, 0, 0, 0);
    }

    /**
     * With a further note.
     *
     * @param spent    on it
     * @param times    calls that it took part in
     * @param contents estimated tokens of what it says
     */
    public SpentBefore plus(Usage spent, int times, double contents) {
        return new SpentBefore(
                batch,
                notes + 1,
                usage.plus(spent),
                calls + times,
                tokens + times * contents,
                squares + spent.total() * spent.total());
    }

    static SpentBefore sum(Collection<SpentBefore> all) {
        SpentBefore sum = none(0);
        for (SpentBefore each : all) {
            sum = new SpentBefore(
                    0,
                    sum.notes + each.notes,
                    sum.usage.plus(each.usage),
                    sum.calls + each.calls,
                    sum.tokens + each.tokens,
                    sum.squares + each.squares);
        }
        return sum;
    }
}
