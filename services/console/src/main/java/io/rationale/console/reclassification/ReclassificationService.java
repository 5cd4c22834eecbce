package io.rationale.console.reclassification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.console.api.ProblemException;
import io.rationale.console.kafka.TopicTable;
import io.rationale.core.json.Json;
import io.rationale.core.reclassification.ReclassificationEstimate;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.reclassification.ReclassificationJob.State;
import io.rationale.core.reclassification.ReclassificationRequest;
import io.rationale.core.reclassification.ReclassificationSelection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What people ask of reclassifications, at whichever console; one of the consoles carries it out. Thread safe. */
final class ReclassificationService implements AutoCloseable {
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);

    private final TopicTable<ReclassificationJob> jobs;
    private final AskedSelection selections;
    private final Estimates estimates;
    private final BooleanSupplier taxonomiesLoaded;
    private final RequestWriter writer;
    private final InstantSource clock;

    ReclassificationService(
            TopicTable<ReclassificationJob> jobs,
            AskedSelection selections,
            Estimates estimates,
            BooleanSupplier taxonomiesLoaded,
            RequestWriter writer,
            InstantSource clock) {
        this.jobs = jobs;
        this.selections = selections;
        this.estimates = estimates;
        this.taxonomiesLoaded = taxonomiesLoaded;
        this.writer = writer;
        this.clock = clock;
    }

    /** What it would take; nothing happens. @throws ProblemException 422 */
    EstimateAnswer estimate(JsonNode body) {
        requireTaxonomies();
        ReclassificationSelection asked = selections.of(body, clock.instant());
        String unfinished = all().stream()
                .filter(job -> !job.state().isOver() && job.selection().asksTheSameAs(asked))
                .map(ReclassificationJob::id)
                .findFirst()
                .orElse(null);
        return new EstimateAnswer(estimates.of(asked), unfinished);
    }

    /** Asks for it. @throws ProblemException 422, 503 */
    ReclassificationJob start(JsonNode body) throws InterruptedException {
        requireTaxonomies();
        ReclassificationSelection selection = selections.of(body, clock.instant());
        ReclassificationRequest request = ReclassificationRequest.start(
                UUID.randomUUID().toString(),
                AskedSelection.by(body),
                clock.instant(),
                selection,
                estimate(body, "estimate"));
        writer.write(request);
        return seen(ReclassificationJob.asked(request), job -> true);
    }

    private static ReclassificationEstimate estimate(JsonNode body, String field) {
        JsonNode given = body.path(field);
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        try {
            ReclassificationEstimate estimate = Json.mapper().treeToValue(given, ReclassificationEstimate.class);
            if (estimate.tokens() != null && estimate.basis() != null) {
                return estimate;
            }
        } catch (JsonProcessingException e) {
            // refused below
        }
        throw AskedSelection.refused(field, "The estimate is sent as it was answered, or left out.");
    }

    /** Newest first. @throws ProblemException 503 while they are being read */
    List<ReclassificationJob> all() {
        requireLoaded();
        return jobs.all().values().stream()
                .sorted(Comparator.comparing(ReclassificationJob::at)
                        .thenComparing(ReclassificationJob::id)
                        .reversed())
                .toList();
    }

    /** @throws ProblemException 404 */
    ReclassificationJob find(String id) {
        requireLoaded();
        return jobs.get(id).orElseThrow(() -> ProblemException.notFound("There is no reclassification of that id."));
    }

    /** Has it pause, go on or end. @throws ProblemException 404, 409 when that makes no sense, 422 */
    ReclassificationJob change(String id, ReclassificationRequest.Action action, JsonNode body)
            throws InterruptedException {
        ReclassificationJob job = find(id);
        requirePossible(job, action);
        ReclassificationRequest request =
                ReclassificationRequest.change(id, action, AskedSelection.by(body), clock.instant());
        writer.write(request);
        return seen(
                job,
                now -> now.state().isFinal()
                        || now.changed().stream()
                                .anyMatch(each -> each.at().equals(request.at()) && each.what() == action));
    }

    private static void requirePossible(ReclassificationJob job, ReclassificationRequest.Action action) {
        boolean isPossible =
                switch (action) {
                    case PAUSE -> job.state() == State.WAITING || job.state() == State.RUNNING;
                    case RESUME -> job.state() == State.PAUSED;
                    case CANCEL, START -> !job.state().isOver();
                };
        if (!isPossible) {
            throw ProblemException.of(409, "It is " + job.state().code() + " now.")
                    .with("state", job.state().code());
        }
    }

    /** Who asks next is told what was just asked for, as long as that does not take for ever. */
    private ReclassificationJob seen(ReclassificationJob otherwise, Predicate<ReclassificationJob> isThere)
            throws InterruptedException {
        long until = System.nanoTime() + SEEN_WITHIN.toNanos();
        while (System.nanoTime() < until) {
            var now = jobs.get(otherwise.id()).filter(isThere);
            if (now.isPresent()) {
                return now.get();
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return jobs.get(otherwise.id()).orElse(otherwise);
    }

    private void requireLoaded() {
        if (!jobs.loaded()) {
            throw ProblemException.of(503, "The reclassifications are being read.")
                    .retryAfter(1);
        }
    }

    private void requireTaxonomies() {
        if (!taxonomiesLoaded.getAsBoolean()) {
            throw ProblemException.of(503, "The taxonomies are being read.").retryAfter(1);
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
