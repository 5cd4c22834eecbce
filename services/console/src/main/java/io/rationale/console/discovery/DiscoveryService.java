package io.rationale.console.discovery;

import io.rationale.console.api.JsonBody;
import io.rationale.console.api.ProblemException;
import io.rationale.console.notes.DiscoveryReader;
import io.rationale.console.notes.ExchangeReader;
import io.rationale.console.statistics.StoresUnavailableException;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.console.taxonomies.TaxonomyService;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryEvent.State;
import io.rationale.core.discovery.DiscoveryReport;
import io.rationale.core.discovery.DiscoveryResult;
import io.rationale.core.discovery.StepSummary;
import io.rationale.core.taxonomy.Taxonomy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks for discoveries, ends them, and shows what they found. Thread safe. */
public final class DiscoveryService {
    private static final int MOST_LISTED = 200;
    private static final int LONGEST_TITLE = 1_000;
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);

    private final DiscoveryTable table;
    private final Drawings drawings;
    private final IndexSample samples;
    private final DiscoveryWriter writer;
    private final DiscoveryReader reader;
    private final ExchangeReader exchanges;
    private final KnownTaxonomies known;
    private final TaxonomyService taxonomies;
    private final InstantSource clock;

    DiscoveryService(
            DiscoveryTable table,
            Drawings drawings,
            IndexSample samples,
            DiscoveryWriter writer,
            DiscoveryReader reader,
            ExchangeReader exchanges,
            KnownTaxonomies known,
            TaxonomyService taxonomies,
            InstantSource clock) {
        this.table = table;
        this.drawings = drawings;
        this.samples = samples;
        this.writer = writer;
        this.reader = reader;
        this.exchanges = exchanges;
        this.known = known;
        this.taxonomies = taxonomies;
        this.clock = clock;
    }

    /**
     * Begins to draw a sample.
     *
     * @return the run's id
     * @throws ProblemException 422 when it cannot be asked like that, or fewer than two notes are asked for
     */
    String begin(JsonBody body) throws InterruptedException {
        requireLoaded();
        DiscoveryForm form = DiscoveryForm.read(body, known, clock.instant());
        long notes = samples.count(form);
        if (notes < 2) {
            throw ProblemException.of(
                            422,
                            notes == 0
                                    ? "No note is asked for: patterns are found in two or more."
                                    : "Only one note is asked for: patterns are found in two or more.")
                    .with("notes", notes);
        }
        String id = UUID.randomUUID().toString();
        drawings.begin(id, form, notes);
        await(() -> table.get(id).isPresent());
        return id;
    }

    /** The newest. */
    List<DiscoveryAnswer.Summary> list() {
        requireLoaded();
        Map<String, String> proposals = proposals();
        Instant now = clock.instant();
        return table.newest(MOST_LISTED).stream()
                .map(each ->
                        DiscoveryAnswer.of(each, now, proposals.get(each.event().id())))
                .toList();
    }

    /** One with all that it found. @throws ProblemException 404 */
    DiscoveryAnswer.Whole get(String id) {
        DiscoveryTable.Entry entry = entry(id);
        DiscoveryAnswer.Summary summary = summary(entry);
        return DiscoveryAnswer.Whole.of(summary, result(entry).orElse(null));
    }

    private DiscoveryAnswer.Summary summary(DiscoveryTable.Entry entry) {
        return DiscoveryAnswer.of(
                entry, clock.instant(), proposals().get(entry.event().id()));
    }

    /** What that run found, as far as it has and its result is still there. */
    public Optional<DiscoveryResult> result(String id) {
        return table.get(id).flatMap(this::result);
    }

    private Optional<DiscoveryResult> result(DiscoveryTable.Entry entry) {
        return entry.event().state() == State.DONE
                ? reader.at(entry.partition(), entry.offset()).map(DiscoveryEvent::result)
                : Optional.empty();
    }

    /** The report with every chain of thought. @throws ProblemException 404, 409 while there is no result */
    DiscoveryReport report(String id) {
        DiscoveryResult result = finished(id);
        Map<String, StepSummary> steps = result.steps().stream()
                .collect(Collectors.toMap(StepSummary::exchangeId, Function.identity(), (one, other) -> one));
        return new DiscoveryReport(result, exchange -> thought(steps.get(exchange)));
    }

    private Optional<DiscoveryReport.Thought> thought(StepSummary step) {
        if (step.partition() == null || step.offset() == null) {
            return Optional.empty();
        }
        return exchanges
                .at(step.partition(), step.offset())
                .map(ExchangeReader.StoredExchange::exchange)
                .filter(exchange -> exchange.path("id").asText().equals(step.exchangeId()))
                .map(exchange -> new DiscoveryReport.Thought(
                        exchange.path("reasoning").asText(""),
                        exchange.path("content").asText("")));
    }

    private DiscoveryResult finished(String id) {
        DiscoveryTable.Entry entry = entry(id);
        return result(entry)
                .orElseThrow(() -> ProblemException.of(
                        409,
                        "The discovery has no result: it is " + summary(entry).state() + "."));
    }

    /**
     * Ends it.
     *
     * @param by who wants that
     * @throws ProblemException 404, 409 when it has ended already
     */
    DiscoveryAnswer.Summary cancel(String id, String by) throws InterruptedException {
        DiscoveryTable.Entry entry = entry(id);
        Instant now = clock.instant();
        if (DiscoveryAnswer.hasEnded(entry.event(), now)) {
            throw ProblemException.of(
                    409,
                    "The discovery has ended already: it is " + summary(entry).state() + ".");
        }
        drawings.cancel(id);
        writer.cancel(id, by, now);
        if (entry.event().state() == State.DRAWING) {
            writer.tell(cancelled(entry.event(), now));
            await(() ->
                    table.get(id).filter(each -> each.event().state().isFinal()).isPresent());
        }
        return summary(entry(id));
    }

    private static DiscoveryEvent cancelled(DiscoveryEvent event, Instant now) {
        return new DiscoveryEvent(
                event.version(),
                event.id(),
                State.CANCELLED,
                event.requestedAt(),
                now,
                event.instance(),
                event.progress(),
                null,
                null,
                null,
                event.asked(),
                null,
                null);
    }

    /**
     * Makes a proposal of what it found, once.
     *
     * @throws ProblemException 404, 409 while there is no result, 422 when nothing usable would come out
     */
    Taxonomy propose(String id, JsonBody body) throws InterruptedException {
        String by = body.by();
        String name = body.text("id", JsonBody.LONGEST_NAME);
        String title = body.text("title", LONGEST_TITLE);
        return taxonomies.propose(id, finished(id).taxonomy(), name, title, by);
    }

    private DiscoveryTable.Entry entry(String id) {
        requireLoaded();
        return table.get(id).orElseThrow(() -> ProblemException.notFound("There is no discovery of that id."));
    }

    private void requireLoaded() {
        if (!table.loaded()) {
            throw new StoresUnavailableException("The discoveries are being read.");
        }
    }

    private Map<String, String> proposals() {
        return known.all().values().stream()
                .filter(each -> each.discovery() != null)
                .collect(
                        Collectors.toMap(Taxonomy::discovery, each -> each.ref().toString(), (one, other) -> one));
    }

    /** Who asks next is told what was just written, as long as that does not take for ever. */
    private static void await(BooleanSupplier seen) throws InterruptedException {
        long until = System.nanoTime() + SEEN_WITHIN.toNanos();
        while (!seen.getAsBoolean() && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
