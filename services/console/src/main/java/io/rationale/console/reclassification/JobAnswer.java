package io.rationale.console.reclassification;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rationale.core.reclassification.ReclassificationEstimate;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.reclassification.ReclassificationJob.State;
import io.rationale.core.reclassification.ReclassificationSelection;
import io.rationale.core.reclassification.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * How a reclassification stands, as it is answered. Versions are named as {@code id@version}, so that a selection can be
 * sent again as it is.
 *
 * @param remainingSeconds at the pace of the last minute; null while that is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobAnswer(
        String id,
        String by,
        Instant at,
        Selection selection,
        String taxonomy,
        State state,
        long notes,
        long enqueued,
        long judged,
        long unclassifiable,
        Tokens spent,
        ReclassificationEstimate estimate,
        double perSecond,
        Long remainingSeconds,
        Instant startedAt,
        Instant endedAt,
        List<ReclassificationJob.Change> changed,
        List<ReclassificationJob.Move> moved) {
    /** As it was asked for; {@code since} stands also where a window was. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Selection(
            String taxonomy,
            String from,
            Set<String> category,
            Set<String> source,
            Instant since,
            Instant until,
            String window,
            boolean undecided,
            boolean again) {
        static Selection of(ReclassificationSelection asked) {
            return new Selection(
                    asked.taxonomy().toString(),
                    asked.from().toString(),
                    asked.category(),
                    asked.source(),
                    asked.since(),
                    asked.until(),
                    asked.window(),
                    asked.undecided(),
                    asked.again());
        }
    }

    static JobAnswer of(ReclassificationJob job) {
        long left = job.notes() - job.judged() - job.unclassifiable();
        boolean isKnown = job.state() == State.RUNNING && job.perSecond() > 0;
        return new JobAnswer(
                job.id(),
                job.by(),
                job.at(),
                Selection.of(job.selection()),
                job.taxonomy().toString(),
                job.state(),
                job.notes(),
                job.enqueued(),
                job.judged(),
                job.unclassifiable(),
                Tokens.of(job.spent()),
                job.estimate(),
                job.perSecond(),
                isKnown ? Math.round(Math.max(0, left) / job.perSecond()) : null,
                job.startedAt(),
                job.endedAt(),
                job.changed(),
                job.moved());
    }
}
