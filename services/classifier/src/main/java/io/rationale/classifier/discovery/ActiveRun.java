package io.rationale.classifier.discovery;

import io.rationale.core.discovery.Discovery;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryEvent.State;
import io.rationale.core.discovery.DiscoveryProgress;
import io.rationale.core.discovery.DiscoveryRequest;
import io.rationale.core.discovery.DiscoveryResult;
import io.rationale.core.discovery.DiscoveryRunner;
import io.rationale.core.discovery.DiscoverySettings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** One run in progress, on a virtual thread of its own. It tells how it stands and ends with one final update. */
final class ActiveRun {
    private static final Logger LOG = Logger.getLogger(ActiveRun.class);

    private final DiscoveryRequest request;
    private final DiscoveryRunner runner;
    private final UnaryOperator<DiscoverySettings> fitting;
    private final Consumer<Update> updates;
    private final String instance;
    private final Clock clock;
    private final Thread thread;
    private volatile boolean isCancelled;
    private volatile boolean isAbandoned;
    private DiscoveryProgress progress;
    private Instant startedAt;

    /**
     * @param fitting makes prompts fit the model
     * @param updates hears how the run stands, on the run's thread
     */
    ActiveRun(
            DiscoveryRequest request,
            DiscoveryRunner runner,
            UnaryOperator<DiscoverySettings> fitting,
            Consumer<Update> updates,
            String instance,
            Clock clock) {
        this.request = request;
        this.runner = runner;
        this.fitting = fitting;
        this.updates = updates;
        this.instance = instance;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("discovery").unstarted(this::run);
    }

    String id() {
        return request.id();
    }

    void start() {
        thread.start();
    }

    /** Ends it with an update that says so. */
    void cancel() {
        isCancelled = true;
        thread.interrupt();
    }

    /** Ends it without a word: somebody else will run it again. */
    void abandon() throws InterruptedException {
        isAbandoned = true;
        thread.interrupt();
        thread.join();
    }

    private void run() {
        startedAt = clock.instant();
        try {
            Discovery discovery = new Discovery(request.sample(), fitting.apply(request.settings()));
            tell(List.of(), discovery.progress());
            runner.run(discovery, this::tell);
            discovery
                    .result()
                    .ifPresentOrElse(
                            result -> end(State.DONE, null, result),
                            () -> end(State.FAILED, discovery.failure().orElse("It found nothing."), null));
        } catch (InterruptedException e) {
            end(State.CANCELLED, null, null);
        } catch (IllegalArgumentException e) {
            end(State.FAILED, e.getMessage(), null);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "A discovery ended by a fault of ours run=%s", request.id());
            end(State.FAILED, "A fault of the classifier ended it; its log says more.", null);
        }
    }

    private void tell(List<io.rationale.core.audit.Exchange> exchanges, DiscoveryProgress now) {
        progress = now;
        updates.accept(new Update(event(State.RUNNING, null, null), exchanges));
    }

    private void end(State state, String reason, DiscoveryResult result) {
        if (!isAbandoned) {
            updates.accept(
                    Update.of(event(isCancelled ? State.CANCELLED : state, reason, isCancelled ? null : result)));
        }
    }

    private DiscoveryEvent event(State state, String reason, DiscoveryResult result) {
        return DiscoveryEvent.of(request, state, clock.instant(), instance, progress, reason, result, startedAt);
    }
}
