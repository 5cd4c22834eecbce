package io.rationale.classifier.classify;

import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.NoteTask;
import io.rationale.core.r1.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/**
 * Notes that put the same question to R1 share one call: those that come while it is in progress wait for it, those that
 * come within the window after it get its verdict at once. Each gets a verdict of its own, which names the note that was
 * asked about. What R1 could not answer is shared with those that wait, and asked anew for those that come later. The
 * question contains the categories: nothing is shared between taxonomy versions. Not thread safe.
 */
public final class SharedVerdicts {
    /** Rough bytes of a verdict beside its texts. */
    private static final int VERDICT_BYTES = 2_000;

    private final Map<Question, ArrayDeque<NoteTask>> waiting = new HashMap<>();
    /** In the order in which they were given, and run out. */
    private final SequencedMap<Question, Recent> recent = new LinkedHashMap<>();

    private final long windowNanos;
    private final long maxBytes;
    private final LongSupplier nanoClock;
    private long recentBytes;

    /** Who is asked, and about what; of each version of a taxonomy there is one classifier. */
    private record Question(BatchClassifier classifier, String content) {
        static Question of(PendingNote note) {
            return new Question(note.classifier().root(), note.content());
        }
    }

    /** A verdict, for the notes that come within the window. */
    private record Recent(Decision.Judged judged, long since, int bytes) {}

    /**
     * @param window    how long a verdict is shared; nothing is shared when it is zero
     * @param maxBytes  about so much memory is used for verdicts; the oldest go first
     * @param nanoClock {@link System#nanoTime()}, or a test's
     */
    SharedVerdicts(Duration window, long maxBytes, LongSupplier nanoClock) {
        if (window.isNegative() || maxBytes < 0) {
            throw new IllegalArgumentException("rationale.shared-verdicts.window is " + window + " and .max-bytes "
                    + maxBytes + "; make neither negative");
        }
        this.windowNanos = window.toNanos();
        this.maxBytes = maxBytes;
        this.nanoClock = nanoClock;
    }

    /** As configured. */
    public static SharedVerdicts of(ClassifierConfig.SharedVerdicts config) {
        return new SharedVerdicts(config.window(), config.maxBytes(), System::nanoTime);
    }

    /** The verdict that the note shares, if one of the same content was given within the window. */
    Optional<Decision> recent(PendingNote note, Instant now) {
        dropOld();
        return Optional.ofNullable(recent.get(Question.of(note)))
                .map(known -> shared(known.judged(), note.task(), now));
    }

    /** True when a note of the same content is being asked about: then this one waits for it. Else it is the one asked. */
    boolean waits(PendingNote note) {
        if (!isEnabled()) {
            return false;
        }
        ArrayDeque<NoteTask> others = waiting.putIfAbsent(Question.of(note), new ArrayDeque<>(0));
        if (others != null) {
            others.add(note.task());
        }
        return others != null;
    }

    /** The note that was asked about is decided. @return the decisions of those that waited for it */
    List<Decision> decided(PendingNote note, Decision decision, Instant now) {
        if (!isEnabled()) {
            return List.of();
        }
        if (decision instanceof Decision.Judged judged) {
            keep(Question.of(note), judged);
        }
        return others(note).stream()
                .map(task -> switch (decision) {
                    case Decision.Judged judged -> shared(judged, task, now);
                    case Decision.GivenUp givenUp -> shared(givenUp, task, now);
                    case Decision.Skipped skipped -> skipped(task);
                    case Decision.Rejected rejected ->
                        throw new IllegalStateException("what is no note is not asked about");
                })
                .toList();
    }

    /** The note that was asked about is let go. @return those that waited for it, of which one is to be asked about now */
    List<NoteTask> letGo(PendingNote note) {
        return isEnabled() ? List.copyOf(others(note)) : List.of();
    }

    /** Another is to judge the note that is to be asked about: those that wait for it go with it. */
    void judgeBy(PendingNote note, BatchClassifier another) {
        ArrayDeque<NoteTask> others = waiting.remove(Question.of(note));
        note.judgeBy(another);
        if (others != null) {
            waiting.put(Question.of(note), others);
        }
    }

    /** Nothing is asked any more as it was: what was answered is of no use. */
    void forgetRecent() {
        recent.clear();
        recentBytes = 0;
    }

    private boolean isEnabled() {
        return windowNanos > 0;
    }

    private void keep(Question question, Decision.Judged judged) {
        drop(recent.remove(question));
        Recent added = new Recent(judged, nanoClock.getAsLong(), bytes(question.content(), judged));
        recent.put(question, added);
        recentBytes += added.bytes();
        dropOld();
    }

    private void dropOld() {
        while (!recent.isEmpty()
                && (recentBytes > maxBytes || isOver(recent.firstEntry().getValue()))) {
            drop(recent.pollFirstEntry().getValue());
        }
    }

    private void drop(Recent known) {
        recentBytes -= known == null ? 0 : known.bytes();
    }

    private boolean isOver(Recent known) {
        return nanoClock.getAsLong() - known.since() >= windowNanos;
    }

    private ArrayDeque<NoteTask> others(PendingNote note) {
        ArrayDeque<NoteTask> others = waiting.remove(Question.of(note));
        return others == null ? new ArrayDeque<>() : others;
    }

    private static Decision shared(Decision.Judged judged, NoteTask task, Instant now) {
        return new Decision.Judged(
                task,
                judged.verdict().sharedFrom(judged.task().note().id(), now),
                judged.exchange(),
                judged.samples(),
                List.of());
    }

    private static Decision shared(Decision.GivenUp givenUp, NoteTask task, Instant now) {
        return new Decision.GivenUp(
                task,
                givenUp.taxonomy(),
                givenUp.reason(),
                givenUp.cause() + " Note " + givenUp.task().note().id()
                        + ", which has the same content, was asked about in its place.",
                0,
                Usage.NONE,
                givenUp.exchanges(),
                now);
    }

    /** Nobody wants to know any more what R1 says of that note. */
    static Decision skipped(NoteTask task) {
        task.span().end();
        return new Decision.Skipped(task.work(), task.offset(), task.envelope(), task.size());
    }

    private static int bytes(String content, Decision.Judged judged) {
        int texts = content.length()
                + judged.verdict().reasoning().text().length()
                + judged.task().original().size();
        return VERDICT_BYTES + 2 * texts;
    }
}
