package io.rationale.classifier.discovery;

import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryEvent.State;
import io.rationale.core.discovery.DiscoveryRequest;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Which runs wait and which one is in progress, in the order in which they were asked for. One at a time: two would only
 * take turns. Not thread safe, but for the updates of the run in progress.
 */
final class Runs {
    /** Each holds its sample in memory. */
    private static final int MOST_WAITING = 8;

    private final Set<String> ended;
    private final BiFunction<DiscoveryRequest, Consumer<Update>, ActiveRun> starter;
    private final String instance;
    private final Clock clock;
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private final LinkedBlockingQueue<Update> updates = new LinkedBlockingQueue<>();
    private Asked current;
    private ActiveRun active;

    private record Asked(long offset, DiscoveryRequest request) {}

    /**
     * @param ended   ids of runs of which nothing is to come any more
     * @param starter makes a run, which is not started
     */
    Runs(
            Set<String> ended,
            BiFunction<DiscoveryRequest, Consumer<Update>, ActiveRun> starter,
            String instance,
            Clock clock) {
        this.ended = new HashSet<>(ended);
        this.starter = starter;
        this.instance = instance;
        this.clock = clock;
    }

    /** Takes a request in. */
    void take(long offset, DiscoveryRequest request) {
        switch (request.action()) {
            case START -> start(offset, request);
            case CANCEL -> cancel(request.id());
        }
    }

    private void start(long offset, DiscoveryRequest request) {
        if (ended.contains(request.id()) || find(request.id()).isPresent()) {
            return;
        }
        if (request.settings() == null || request.sample() == null) {
            end(request, State.FAILED, "The request holds no settings or no notes.");
        } else if (waiting.size() >= MOST_WAITING) {
            end(request, State.FAILED, MOST_WAITING + " discoveries wait already; ask again when one has ended.");
        } else {
            waiting.add(new Asked(offset, request));
            updates.add(Update.of(event(request, State.WAITING, null)));
        }
    }

    private void cancel(String id) {
        if (active != null && active.id().equals(id)) {
            active.cancel();
        } else {
            find(id).ifPresentOrElse(
                            asked -> {
                                waiting.remove(asked);
                                end(asked.request(), State.CANCELLED, null);
                            },
                            // Its sample is still being drawn: it must not begin when that is done.
                            () -> ended.add(id));
        }
    }

    private Optional<Asked> find(String id) {
        if (current != null && current.request().id().equals(id)) {
            return Optional.of(current);
        }
        return waiting.stream().filter(asked -> asked.request().id().equals(id)).findFirst();
    }

    private void end(DiscoveryRequest request, State state, String reason) {
        ended.add(request.id());
        updates.add(Update.of(event(request, state, reason)));
    }

    /** Starts the next run, when none is in progress. */
    void startNext() {
        if (active == null && !waiting.isEmpty()) {
            current = waiting.remove();
            active = starter.apply(current.request(), updates::add);
            active.start();
        }
    }

    /** What is to be written now, in order. */
    List<Update> updates() {
        List<Update> now = new ArrayList<>();
        updates.drainTo(now);
        for (Update update : now) {
            if (active != null && update.isFinal() && update.event().id().equals(active.id())) {
                ended.add(active.id());
                active = null;
                current = null;
            }
        }
        return now;
    }

    /** From where a successor has to read: the first request of which something is to come, else what is read next. */
    long firstOpen(long next) {
        if (current != null) {
            return current.offset();
        }
        return waiting.isEmpty() ? next : waiting.peek().offset();
    }

    /** The run in progress. */
    Optional<String> running() {
        return Optional.ofNullable(active).map(ActiveRun::id);
    }

    /** How many wait. */
    int waiting() {
        return waiting.size();
    }

    /** Ends the run in progress without a word. */
    void abandon() throws InterruptedException {
        if (active != null) {
            active.abandon();
        }
    }

    private DiscoveryEvent event(DiscoveryRequest request, State state, String reason) {
        return DiscoveryEvent.of(request, state, clock.instant(), instance, null, reason, null, null);
    }
}
