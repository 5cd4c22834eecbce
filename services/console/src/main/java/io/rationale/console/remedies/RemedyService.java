package io.rationale.console.remedies;

import io.rationale.console.api.JsonBody;
import io.rationale.console.api.ProblemException;
import io.rationale.console.kafka.TopicTable;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.remedy.Remedy;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Checks what people say was done and writes it down. Thread safe. */
final class RemedyService implements AutoCloseable {
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);
    /** Clocks differ. */
    private static final Duration SOON = Duration.ofMinutes(5);

    private final TopicTable<Remedy> remedies;
    private final KnownTaxonomies taxonomies;
    private final RemedyWriter writer;
    private final Redactor redactor;
    private final InstantSource clock;
    /** One change after the other, so that each knows of the one before. */
    private final ReentrantLock lock = new ReentrantLock();

    RemedyService(
            TopicTable<Remedy> remedies,
            KnownTaxonomies taxonomies,
            RemedyWriter writer,
            Redactor redactor,
            InstantSource clock) {
        this.remedies = remedies;
        this.taxonomies = taxonomies;
        this.writer = writer;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** Begins to read what there is. */
    void begin() {
        remedies.start();
    }

    /** All of them, the one that was deployed last first. @throws ProblemException 503 while they are being read */
    List<Remedy> all() {
        checkLoaded();
        return remedies.all().values().stream()
                .sorted(Comparator.comparing(Remedy::deployedAt)
                        .thenComparing(Remedy::at)
                        .thenComparing(Remedy::id)
                        .reversed())
                .toList();
    }

    /** That one. @throws ProblemException 404 when there is none, 503 while they are being read */
    Remedy find(String id) {
        checkLoaded();
        return remedies.get(id).orElseThrow(() -> ProblemException.notFound("There is no remedy of that id."));
    }

    /** A new one. @throws ProblemException 422 that names the field that is wrong */
    Remedy deploy(RemedyRequest request) throws InterruptedException {
        checkLoaded();
        Taxonomy taxonomy = taxonomy(request);
        Category category = taxonomy.category(request.category())
                .orElseThrow(() -> JsonBody.refusal("category", "The category is none of " + taxonomy.ref() + ".")
                        .with(
                                "possible",
                                taxonomy.categories().stream().map(Category::id).toList()));
        String what = request.what() == null ? category.remedy() : request.what();
        if (what == null || what.isBlank()) {
            throw JsonBody.refusal("what", "The category has no remedy of its own: say in what what was done.");
        }
        Instant now = clock.instant();
        Instant deployedAt = request.deployedAt() == null ? now : request.deployedAt();
        if (deployedAt.isAfter(now.plus(SOON))) {
            throw JsonBody.refusal("deployedAt", "deployedAt lies in the future: say it when it is deployed.");
        }
        return written(new Remedy(
                Remedy.VERSION,
                UUID.randomUUID().toString(),
                taxonomy.ref(),
                category.id(),
                redactor.text(what),
                request.by(),
                now,
                deployedAt,
                request.sources(),
                null));
    }

    private Taxonomy taxonomy(RemedyRequest request) {
        return request.taxonomy() == null
                ? taxonomies.active()
                : taxonomies.find(request.taxonomy()).orElseThrow(() -> JsonBody.refusal(
                                "taxonomy", "No taxonomy " + request.taxonomy() + " is defined.")
                        .with("possible", List.copyOf(taxonomies.all().keySet())));
    }

    /**
     * The end of one.
     *
     * @param at from when on it is gone, or null for now
     * @throws ProblemException 404 when there is none, 409 when it has ended, 422 for a time that cannot be
     */
    Remedy withdraw(String id, String by, Instant at) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Remedy remedy = find(id);
            if (remedy.withdrawal() != null) {
                throw ProblemException.of(
                        409,
                        "The remedy was withdrawn by " + remedy.withdrawal().by() + " at "
                                + remedy.withdrawal().at() + " already.");
            }
            Instant now = clock.instant();
            Instant end = at == null ? now : at;
            if (end.isBefore(remedy.deployedAt()) || end.isAfter(now.plus(SOON))) {
                throw JsonBody.refusal(
                        "at", "at lies between " + remedy.deployedAt() + ", when it was deployed, and now.");
            }
            return written(remedy.withdrawn(new Remedy.Withdrawal(by, end)));
        } finally {
            lock.unlock();
        }
    }

    private Remedy written(Remedy remedy) throws InterruptedException {
        writer.write(remedy, clock.instant());
        // Who asks next is told what was just written, as long as that does not take for ever.
        long until = System.nanoTime() + SEEN_WITHIN.toNanos();
        while (!remedies.get(remedy.id()).filter(remedy::equals).isPresent() && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return remedy;
    }

    private void checkLoaded() {
        if (!remedies.loaded()) {
            throw ProblemException.of(503, "The remedies are being read.").retryAfter(1);
        }
    }

    @Override
    public void close() {
        writer.close();
        remedies.close();
    }
}
