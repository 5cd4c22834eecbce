package io.rationale.console.discovery;

import io.rationale.console.api.ProblemException;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryEvent.State;
import io.rationale.core.discovery.DiscoveryProgress;
import io.rationale.core.discovery.DiscoveryRequest;
import io.rationale.core.discovery.FoldedSample;
import io.rationale.core.discovery.NoteSample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The samples that this console is drawing, on threads of their own. Each is told of every few seconds, so that others see
 * how far it is, and that it has ended when this process has. Thread safe.
 */
final class Drawings implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Drawings.class);
    private static final int AT_A_TIME = 2;
    private static final int MOST = 8;
    private static final Duration PULSE = Duration.ofSeconds(2);
    /** Of a drawing that nothing was said of for so long the console has ended. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    private final IndexSample samples;
    private final DiscoveryWriter writer;
    private final DiscoveryTable table;
    private final InstantSource clock;
    private final String instance;
    private final Map<String, Drawing> active = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_A_TIME,
            Thread.ofPlatform().name("discovery-drawing-", 0).daemon().factory());
    private final ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("discovery-drawings").daemon().factory());

    /** @param instance names this console */
    Drawings(IndexSample samples, DiscoveryWriter writer, DiscoveryTable table, InstantSource clock, String instance) {
        this.samples = samples;
        this.writer = writer;
        this.table = table;
        this.clock = clock;
        this.instance = instance;
    }

    void start() {
        pulse.scheduleAtFixedRate(this::tellAll, PULSE.toMillis(), PULSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Begins to draw, and asks for the run when that is done.
     *
     * @param total notes that are asked for
     * @throws ProblemException 429 when there are too many already, 503 when Kafka does not answer
     */
    void begin(String id, DiscoveryForm form, long total) throws InterruptedException {
        Drawing drawing = new Drawing(id, form, total, clock.instant());
        if (active.size() >= MOST) {
            throw ProblemException.of(429, MOST + " samples are being drawn already; this one is not.")
                    .retryAfter(1);
        }
        writer.tell(drawing.event(State.DRAWING, null));
        active.put(id, drawing);
        threads.execute(drawing::run);
    }

    /** Ends it, if it is one of this console's. */
    void cancel(String id) {
        Drawing drawing = active.get(id);
        if (drawing != null) {
            drawing.isCancelled = true;
        }
    }

    private void tellAll() {
        active.values().forEach(each -> {
            each.isCancelled |= isCancelledElsewhere(each.id);
            if (!each.isCancelled) {
                writer.tellSoon(each.event(State.DRAWING, null));
            }
        });
    }

    private boolean isCancelledElsewhere(String id) {
        return table.get(id).filter(each -> each.event().state().isFinal()).isPresent();
    }

    @Override
    public void close() {
        pulse.shutdownNow();
        active.values()
                .forEach(each ->
                        writer.tellSoon(each.event(State.FAILED, "The console was stopped while it drew the sample.")));
        active.values().forEach(each -> each.isCancelled = true);
        threads.shutdown();
    }

    /** One of them. */
    private final class Drawing {
        private final String id;
        private final DiscoveryForm form;
        private final long total;
        private final Instant requestedAt;
        private volatile long looked;
        private volatile boolean isCancelled;

        Drawing(String id, DiscoveryForm form, long total, Instant requestedAt) {
            this.id = id;
            this.form = form;
            this.total = total;
            this.requestedAt = requestedAt;
        }

        void run() {
            try {
                FoldedSample drawn = samples.draw(form, this::look);
                NoteSample sample = drawn.fitting(form.notes(), form.settings());
                look(drawn.population());
                ask(sample);
            } catch (CancellationException e) {
                LOG.debugf("A drawing was cancelled run=%s", id);
            } catch (RuntimeException e) {
                LOG.warnf(e, "A sample could not be drawn run=%s", id);
                active.remove(id);
                writer.tellSoon(event(State.FAILED, "The sample could not be drawn; the console's log says why."));
            } finally {
                active.remove(id);
            }
        }

        private void look(long notes) {
            looked = notes;
            if (isCancelled) {
                throw new CancellationException();
            }
        }

        private void ask(NoteSample sample) {
            // From here on the classifier tells.
            active.remove(id);
            if (isCancelledElsewhere(id)) {
                return;
            }
            if (sample.notes().size() < 2) {
                writer.tellSoon(event(State.FAILED, "The notes all say the same: there are no patterns to be found."));
                return;
            }
            DiscoveryRequest request = DiscoveryRequest.start(id, requestedAt, form.settings(), sample, form.asked());
            writer.start(
                    request,
                    DiscoveryEvent.of(request, State.WAITING, clock.instant(), instance, null, null, null, null));
        }

        DiscoveryEvent event(State state, String reason) {
            return new DiscoveryEvent(
                    DiscoveryEvent.SCHEMA_VERSION,
                    id,
                    state,
                    requestedAt,
                    clock.instant(),
                    instance,
                    new DiscoveryProgress("drawing", count(looked), count(total), 0, null),
                    reason,
                    null,
                    null,
                    form.asked(),
                    null,
                    null);
        }

        private static int count(long notes) {
            return (int) Math.min(Integer.MAX_VALUE, notes);
        }
    }
}
