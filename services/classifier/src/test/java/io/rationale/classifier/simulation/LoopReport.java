package io.rationale.classifier.simulation;

import java.util.Locale;
import java.util.Map;

/** The results as a page for people. */
final class LoopReport {
    private static final String HEAD = """
            # The classifier's loop, simulated

            What the classifier's own ledger, accumulator and limit of what is in flight do over millions of notes, on a virtual
            clock and without threads: the poll loop and the publisher are retold step by step, the broker and the model are
            invented. Written by `./rationale simulation`; a smaller run with another seed each time is among the unit tests.

            **The model** takes ten seconds for a call, lognormal with σ = 0.98; one call in a thousand takes a thousand times as
            long. One note, the fourth or so of its partition, is stuck until 95 % of all others are decided, however often it is
            asked. An instance makes 256 calls at a time.
            **The broker** gives back offsets only once no transaction on them is open. A transaction that fails does so before
            its commit, or after it with the answer lost, or in between, where only the next producer of the same id, or the
            timeout, ends it. Instances are killed, with all that they hold, and start again within a minute; partitions move,
            with the ten seconds to write what is finished, or without; members are put out and notice seconds later.

            **After every step** it is checked that no note is decided twice; that the watermark passes nothing undecided and
            never goes back; that the metadata fits; that nothing that is decided is asked again, and nothing else skipped;
            that what was asked is decided, on its way or was lost with its owner; that what is in flight keeps within its
            limit and is released once; that intake of a partition waits only where memory or the ledger is full by a count of
            its own. At the end every note is decided and committed.

            *Asked again*: notes whose call was lost with its instance or ownership, of all that were asked. *Beyond*: notes
            decided beyond the one that is stuck, in its partition, while it was. *Unfinished*, *span*, *metadata*: the most of
            a partition, its longest span from the watermark to the last decided offset, its longest metadata in characters.
            *Waits for the ledger*: of the times that notes of a partition waited to be taken in, those where memory was there
            and the ledger was full.

            | | notes a call | notes | hours | kills | rebalances | put out | failed transactions | asked again | beyond | unfinished | span | metadata | waits for the ledger | steps |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private LoopReport() {}

    static String of(Map<Plan, Tally> tallies) {
        StringBuilder page = new StringBuilder(HEAD);
        tallies.forEach((plan, tally) -> page.append(row(plan, tally)));
        long notes = tallies.values().stream().mapToLong(tally -> tally.decided).sum();
        long steps = tallies.values().stream().mapToLong(tally -> tally.steps).sum();
        return page.append(String.format(
                        Locale.ROOT,
                        "\n%,d notes in %,d steps: decided twice 0, lost 0, skipped 0, metadata too long 0.\n",
                        notes,
                        steps))
                .toString();
    }

    private static String row(Plan plan, Tally tally) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,d | %.1f | %d | %d | %d | %,d | %.2f %% | %,d | %,d | %,d | %,d | %.1f %% | %,d |\n",
                plan.title(),
                plan.batch(),
                tally.decided,
                tally.seconds / 3_600.0,
                tally.crashes,
                tally.rebalances,
                tally.evictions,
                tally.failedTransactions,
                100.0 * tally.lost / tally.asked,
                tally.beyondStuck,
                tally.mostUnfinished,
                tally.longestSpan,
                tally.longestMetadata,
                100.0 * tally.refusals / Math.max(1, tally.looks),
                tally.steps);
    }
}
