package io.rationale.classifier.work;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What became of one record of the notes topic. */
public sealed interface Decision {
    /** The record's partition. */
    PartitionWork work();

    /** The record's offset. */
    long offset();

    /** The record's key and headers. */
    Envelope envelope();

    /** Bytes that the record holds while it is in flight. */
    int size();

    /** The exchanges to be written with it. */
    default List<ExchangeDraft> exchanges() {
        return List.of();
    }

    /** A decision about what is a note. */
    sealed interface AboutNote extends Decision {
        /** The note on its way. */
        NoteTask task();

        @Override
        default PartitionWork work() {
            return task().work();
        }

        @Override
        default long offset() {
            return task().offset();
        }

        @Override
        default Envelope envelope() {
            return task().envelope();
        }

        @Override
        default int size() {
            return task().size();
        }
    }

    /**
     * R1 judged it.
     *
     * @param exchange that the verdict comes from
     * @param samples  exchanges of the verdict's samples, in their order
     * @param failures exchanges that said nothing acceptable about the note; its usage counts them
     */
    record Judged(
            NoteTask task,
            Verdict verdict,
            ExchangeDraft exchange,
            List<ExchangeDraft> samples,
            List<ExchangeDraft> failures)
            implements AboutNote {
        public Judged {
            samples = List.copyOf(samples);
            failures = List.copyOf(failures);
        }

        @Override
        public List<ExchangeDraft> exchanges() {
            return Stream.of(failures, samples, List.of(exchange))
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /**
     * No acceptable answer came.
     *
     * @param reason   kind of failure
     * @param cause    a sentence
     * @param attempts calls that it took part in
     * @param usage    its share of what they cost
     */
    record GivenUp(
            NoteTask task,
            TaxonomyRef taxonomy,
            String reason,
            String cause,
            int attempts,
            Usage usage,
            List<ExchangeDraft> exchanges,
            Instant at)
            implements AboutNote {
        public GivenUp {
            exchanges = List.copyOf(exchanges);
        }
    }

    /**
     * Nobody wants to know any more: nothing is written of it, and it is not read again.
     *
     * @param size bytes that it holds while it is in flight
     */
    record Skipped(PartitionWork work, long offset, Envelope envelope, int size) implements Decision {}

    /** It is no note. */
    record Rejected(PartitionWork work, long offset, Envelope envelope, DeadLetter deadLetter) implements Decision {
        @Override
        public int size() {
            return deadLetter.original().size() + envelope.size();
        }
    }
}
