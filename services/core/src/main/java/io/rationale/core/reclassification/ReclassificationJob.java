package io.rationale.core.reclassification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How a reclassification stands: the value of the reclassifications topic, by id. The latest one counts; one that is
 * finished or cancelled is the last.
 *
 * @param version        version of the schema
 * @param id             of the job, also the record's key
 * @param by             who asked for it
 * @param at             when
 * @param selection      the notes, and the version to judge them under
 * @param state          where it stands
 * @param notes          notes that it is about, as far as that is known
 * @param enqueued       of these, notes that the classifiers were given
 * @param judged         of these, notes that got a verdict
 * @param unclassifiable of these, notes that R1 could not decide
 * @param spent          on both
 * @param estimate       what whoever asked was told that it takes, or null
 * @param perSecond      notes decided a second, lately
 * @param startedAt      when it began, or null
 * @param endedAt        when it ended, or null
 * @param changed        what people did to it, in order
 * @param moved          how many notes got which label in place of which
 * @param place          how far the work on it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReclassificationJob(
        int version,
        String id,
        String by,
        Instant at,
        ReclassificationSelection selection,
        State state,
        long notes,
        long enqueued,
        long judged,
        long unclassifiable,
        Usage spent,
        ReclassificationEstimate estimate,
        double perSecond,
        Instant startedAt,
        Instant endedAt,
        List<Change> changed,
        List<Move> moved,
        Place place) {
    /** Version of the schema. */
    public static final int SCHEMA_VERSION = 1;

    /** Where a job stands. */
    public enum State {
        /** Another one is before it, or it has just been asked for. */
        WAITING,
        /** Its notes are being judged. */
        RUNNING,
        /** No call is begun for it until it is resumed. */
        PAUSED,
        /** Calls in progress may end; nothing else is judged. */
        CANCELLING,
        /** Somebody ended it; what is judged stays. */
        CANCELLED,
        /** Every note of it is decided. */
        FINISHED;

        /** As it stands in events. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether nothing is to come any more. */
        public boolean isFinal() {
            return this == CANCELLED || this == FINISHED;
        }

        /** Whether none of its notes is to be asked about any more. */
        public boolean isOver() {
            return this == CANCELLING || isFinal();
        }
    }

    /** What somebody did. */
    public record Change(String by, Instant at, ReclassificationRequest.Action what) {
        public Change {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(what, "what");
        }
    }

    /**
     * Notes that went from one label to another.
     *
     * @param from null for notes without one
     * @param to   null for notes that R1 could not decide
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Move(String from, String to, long count) {}

    /**
     * How far the work on a job is.
     *
     * @param cut      offsets at which the audit ended when it was asked for, by partition: what came later is not part of it
     * @param cursor   id of the last note that was looked at; null before the first
     * @param complete whether every note was looked at
     * @param counted  offsets up to which the audit is counted, by partition
     * @param ends     offsets after the last note that the classifiers were given, by partition
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Place(
            Map<Integer, Long> cut,
            String cursor,
            boolean complete,
            Map<Integer, Long> counted,
            Map<Integer, Long> ends) {
        /** Nothing is done yet. */
        public static final Place NONE = new Place(Map.of(), null, false, Map.of(), Map.of());

        public Place {
            cut = sorted(cut);
            counted = sorted(counted);
            ends = sorted(ends);
        }

        private static Map<Integer, Long> sorted(Map<Integer, Long> offsets) {
            return offsets == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(offsets));
        }
    }

    public ReclassificationJob {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(state, "state");
        spent = spent == null ? Usage.NONE : spent;
        changed = changed == null ? List.of() : List.copyOf(changed);
        moved = moved == null ? List.of() : List.copyOf(moved);
        place = place == null ? Place.NONE : place;
    }

    /** One that was just asked for. */
    public static ReclassificationJob asked(ReclassificationRequest request) {
        return new ReclassificationJob(
                SCHEMA_VERSION,
                request.id(),
                request.by(),
                request.at(),
                request.selection(),
                State.WAITING,
                request.estimate() == null ? 0 : request.estimate().notes(),
                0,
                0,
                0,
                Usage.NONE,
                request.estimate(),
                0,
                null,
                null,
                List.of(),
                List.of(),
                Place.NONE);
    }

    /** The version that its notes are judged under. */
    public TaxonomyRef taxonomy() {
        return selection.taxonomy();
    }

    /** Notes that the classifiers were given and have not decided. */
    public long open() {
        return enqueued - judged - unclassifiable;
    }

    /** In that state. */
    public ReclassificationJob in(State next) {
        return with(next, startedAt, endedAt, changed);
    }

    /** The same, whose notes stand before these offsets of the audit, by partition. */
    public ReclassificationJob cutAt(Map<Integer, Long> ends) {
        return new ReclassificationJob(
                version,
                id,
                by,
                at,
                selection,
                state,
                notes,
                enqueued,
                judged,
                unclassifiable,
                spent,
                estimate,
                perSecond,
                startedAt,
                endedAt,
                changed,
                moved,
                new Place(ends, null, false, Map.of(), Map.of()));
    }

    /** Begun. */
    public ReclassificationJob begun(long selected, Place where, Instant now) {
        return new ReclassificationJob(
                version,
                id,
                by,
                at,
                selection,
                State.RUNNING,
                selected,
                enqueued,
                judged,
                unclassifiable,
                spent,
                estimate,
                perSecond,
                now,
                null,
                changed,
                moved,
                where);
    }

    /** Ended in that state. */
    public ReclassificationJob ended(State last, Instant now) {
        return with(last, startedAt, now, changed).paced(0);
    }

    /** In that state because somebody said so. */
    public ReclassificationJob changed(State next, Change change) {
        return with(
                next,
                startedAt,
                endedAt,
                Stream.concat(changed.stream(), Stream.of(change)).toList());
    }

    private ReclassificationJob with(State next, Instant started, Instant ended, List<Change> changes) {
        return new ReclassificationJob(
                version,
                id,
                by,
                at,
                selection,
                next,
                notes,
                enqueued,
                judged,
                unclassifiable,
                spent,
                estimate,
                perSecond,
                started,
                ended,
                changes,
                moved,
                place);
    }

    /** At that pace. */
    public ReclassificationJob paced(double notesPerSecond) {
        return new ReclassificationJob(
                version,
                id,
                by,
                at,
                selection,
                state,
                notes,
                enqueued,
                judged,
                unclassifiable,
                spent,
                estimate,
                notesPerSecond,
                startedAt,
                endedAt,
                changed,
                moved,
                place);
    }

    /** Further notes were given to the classifiers; when all were, they are the notes that it is about. */
    public ReclassificationJob enqueued(long more, Place where) {
        long all = enqueued + more;
        return new ReclassificationJob(
                version,
                id,
                by,
                at,
                selection,
                state,
                where.complete() ? all : Math.max(notes, all),
                all,
                judged,
                unclassifiable,
                spent,
                estimate,
                perSecond,
                startedAt,
                endedAt,
                changed,
                moved,
                where);
    }

    /** Further notes were decided. */
    public ReclassificationJob counted(
            long verdicts, long failures, Usage usage, List<Move> moves, Map<Integer, Long> to) {
        return new ReclassificationJob(
                version,
                id,
                by,
                at,
                selection,
                state,
                notes,
                enqueued,
                judged + verdicts,
                unclassifiable + failures,
                spent.plus(usage),
                estimate,
                perSecond,
                startedAt,
                endedAt,
                changed,
                sum(moved, moves),
                new Place(place.cut(), place.cursor(), place.complete(), to, place.ends()));
    }

    private static List<Move> sum(List<Move> before, List<Move> more) {
        Map<List<String>, Long> counts = new java.util.LinkedHashMap<>();
        Stream.concat(before.stream(), more.stream())
                .forEach(move -> counts.merge(pair(move.from(), move.to()), move.count(), Long::sum));
        return counts.entrySet().stream()
                .map(each -> new Move(each.getKey().getFirst(), each.getKey().getLast(), each.getValue()))
                .toList();
    }

    private static List<String> pair(String from, String to) {
        List<String> pair = new ArrayList<>(2);
        pair.add(from);
        pair.add(to);
        return pair;
    }
}
