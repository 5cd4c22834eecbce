package io.rationale.console.reviews;

import io.rationale.console.api.ProblemException;
import io.rationale.console.search.IndexedNote;
import io.rationale.console.search.NoteLabel;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.search.Position;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** Checks what people say about labels and puts it into the audit. Thread safe. */
final class ReviewService implements AutoCloseable {
    private static final int MOST_AT_ONCE = 32;
    private static final int LOCKS = 64;
    private static final int MOST_RECENT = 10_000;

    private final NoteSearch notes;
    private final KnownTaxonomies taxonomies;
    private final ReviewWriter writer;
    private final Redactor redactor;
    private final InstantSource clock;
    private final RecentReviews recent = new RecentReviews(MOST_RECENT);
    private final Semaphore running = new Semaphore(MOST_AT_ONCE);
    /** One review of a note after the other, so that each knows of the one before. */
    private final List<ReentrantLock> locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

    ReviewService(
            NoteSearch notes, KnownTaxonomies taxonomies, ReviewWriter writer, Redactor redactor, InstantSource clock) {
        this.notes = notes;
        this.taxonomies = taxonomies;
        this.writer = writer;
        this.redactor = redactor;
        this.clock = clock;
    }

    /**
     * Answers when the audit has the review.
     *
     * @throws ProblemException when it is refused, and why
     */
    ReviewAnswer review(String noteId, ReviewRequest request) throws InterruptedException {
        Taxonomy taxonomy = taxonomy(request);
        checkLabel(request.category(), taxonomy);
        if (!running.tryAcquire()) {
            throw ProblemException.of(429, MOST_AT_ONCE + " reviews are being written already; this one is not.")
                    .retryAfter(1);
        }
        ReentrantLock lock = locks.get(Math.floorMod(noteId.hashCode(), LOCKS));
        lock.lockInterruptibly();
        try {
            return write(noteId, request, taxonomy.ref());
        } finally {
            lock.unlock();
            running.release();
        }
    }

    private Taxonomy taxonomy(ReviewRequest request) {
        return request.taxonomy() == null
                ? taxonomies.active()
                : taxonomies.find(request.taxonomy()).orElseThrow(() -> ReviewRequest.refused(
                                "taxonomy", "No taxonomy " + request.taxonomy() + " is defined.")
                        .with("possible", List.copyOf(taxonomies.all().keySet())));
    }

    private static void checkLabel(String category, Taxonomy taxonomy) {
        if (!taxonomy.labels().containsKey(category)) {
            List<String> labels = List.copyOf(taxonomy.labels().keySet());
            throw ReviewRequest.refused(
                            "category",
                            "The category is no label of " + taxonomy.ref() + ", which has: "
                                    + String.join(", ", labels) + ".")
                    .with("possible", labels);
        }
    }

    private ReviewAnswer write(String noteId, ReviewRequest request, TaxonomyRef taxonomy) throws InterruptedException {
        IndexedNote note = notes.read(snapshot -> snapshot.note(noteId))
                .filter(IndexedNote::seen)
                .orElseThrow(() -> ProblemException.notFound("Nothing is decided about a note of that id."));
        Current now = current(note, taxonomy);
        request.seen().ifPresent(seen -> checkSeen(seen, now));
        AuditEvent.Reviewed event = new AuditEvent.Reviewed(
                AuditEvent.SCHEMA_VERSION,
                UUID.randomUUID().toString(),
                noteId,
                taxonomy,
                request.reviewer(),
                now.category(),
                request.category(),
                redactor.text(request.reason()),
                request.selection(),
                clock.instant());
        Position at = writer.write(event);
        recent.add(noteId, taxonomy, new RecentReviews.Recent(request.category(), request.reviewer(), at));
        return ReviewAnswer.of(event, at.partition(), at.offset());
    }

    /** @param by who gave the label; null for an undecided note */
    private record Current(String category, String by) {
        static Current of(NoteLabel label) {
            return new Current(label.category(), label.review() == null ? label.model() : label.reviewer());
        }
    }

    private Current current(IndexedNote note, TaxonomyRef taxonomy) {
        return recent.notIn(note, taxonomy)
                .map(review -> new Current(review.category(), review.reviewer()))
                .or(() -> note.label(taxonomy).map(Current::of))
                .orElse(new Current(null, null));
    }

    private static void checkSeen(ReviewRequest.Seen seen, Current now) {
        if (Objects.equals(seen.category(), now.category())) {
            return;
        }
        if (now.category() == null) {
            throw ProblemException.of(409, "The note is undecided now.");
        }
        throw ProblemException.of(409, "The label is " + now.category() + " now, given by " + now.by() + ".")
                .with("category", now.category())
                .with("by", now.by());
    }

    @Override
    public void close() {
        writer.close();
    }
}
