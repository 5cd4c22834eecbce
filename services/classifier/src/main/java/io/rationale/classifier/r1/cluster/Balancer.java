package io.rationale.classifier.r1.cluster;

import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Which endpoint gets the next call: of those that are up and have room the one with the least outstanding tokens, ties
 * going around. Never blocks and never asks the time; thread safe. Listeners hear, outside of the lock, of each change
 * that may have made room or taken it.
 */
public final class Balancer {
    private final ConcurrencyLimit.Bounds bounds;
    private final RandomGenerator random;
    private final Map<String, EndpointState> states = new LinkedHashMap<>();
    /** Calls that have no words yet. */
    private final Set<Admitted> wordless = new LinkedHashSet<>();

    private final TokenForecast forecast = new TokenForecast();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** Name of the endpoint that got the last call. */
    private String last = "";

    /**
     * @param bounds of each endpoint's limit
     * @param random for jitter
     */
    public Balancer(ConcurrencyLimit.Bounds bounds, RandomGenerator random) {
        this.bounds = bounds;
        this.random = random;
    }

    /** Hears of changes from now on; must be quick, and may call the balancer. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** The whole list, again: new ones wait for a probe, those missing end their calls and get no more. */
    public void setEndpoints(Collection<Endpoint> endpoints) {
        synchronized (this) {
            states.values().forEach(EndpointState::remove);
            for (Endpoint endpoint : endpoints) {
                states.computeIfAbsent(endpoint.name(), name -> new EndpointState(endpoint, bounds, random))
                        .list(endpoint);
            }
            states.values().removeIf(EndpointState::gone);
        }
        changed();
    }

    /** Sends the call somewhere, or nowhere when there is no room. */
    public synchronized Optional<Admission> admit(long now, ModelRequest request) {
        Optional<EndpointState> least = least(now);
        least.ifPresent(state -> last = state.endpoint().name());
        return least.map(state -> new Admitted(state, now, request));
    }

    /** How many calls could be under way, all endpoints together, if there were enough to do. */
    public synchronized int capacity(long now) {
        int capacity = 0;
        for (EndpointState state : states.values()) {
            if (state.up()) {
                ConcurrencyLimit limit = state.limit();
                capacity += limit.closedUntil(now).isPresent() ? limit.inFlight() : limit.limit(now);
            }
        }
        return capacity;
    }

    /** When time alone will make room: the end of the first pause that an endpoint asked for. */
    public synchronized OptionalLong nextRoom(long now) {
        return states.values().stream()
                .filter(EndpointState::up)
                .map(state -> state.limit().closedUntil(now))
                .flatMapToLong(OptionalLong::stream)
                .reduce((one, other) -> one - other < 0 ? one : other);
    }

    /** Why no endpoint is up: one reason for each. Empty while at least one is up. */
    public synchronized Optional<String> outage() {
        for (EndpointState state : states.values()) {
            if (state.up()) {
                return Optional.empty();
            }
        }
        String reasons = states.values().stream()
                .filter(EndpointState::listed)
                .map(state -> state.endpoint().name() + ": " + state.reason().orElseThrow())
                .collect(Collectors.joining("; "));
        return Optional.of(reasons.isEmpty() ? "no endpoint is configured" : reasons);
    }

    /** Each endpoint as it is now, in the order of the list. */
    public synchronized List<EndpointStatus> status(long now) {
        return states.values().stream().map(state -> state.status(now)).toList();
    }

    /**
     * Takes the right to probe an endpoint, when it is down or new, its pause is over, and nobody else probes it. Who
     * gets it must tell the probe's end by {@link #probeSucceeded} or {@link #probeFailed}. A probe is a short
     * generation: a hung engine answers everything else.
     */
    public synchronized boolean tryStartProbe(String name, long now) {
        EndpointState state = states.get(name);
        return state != null && state.listed() && state.breaker().tryStartProbe(now);
    }

    /** The endpoint generates: it gets calls. */
    public void probeSucceeded(String name, long now) {
        synchronized (this) {
            state(name).ifPresent(state -> state.probeSucceeded(now));
        }
        changed();
    }

    /** The endpoint does not generate. @param reason for people */
    public void probeFailed(String name, long now, String reason) {
        synchronized (this) {
            state(name).ifPresent(state -> state.probeFailed(now, reason));
        }
        changed();
    }

    /** What the endpoint's own metrics say: requests of all clients in slots and in its queue. */
    public void observed(String name, long now, int running, int waiting) {
        synchronized (this) {
            state(name).ifPresent(state -> state.limit().observed(now, running, waiting));
        }
        changed();
    }

    private Optional<EndpointState> state(String name) {
        return Optional.ofNullable(states.get(name));
    }

    private Optional<EndpointState> least(long now) {
        EndpointState least = null;
        for (EndpointState state : afterLast()) {
            boolean better = least == null || state.outstandingTokens() < least.outstandingTokens();
            if (state.hasRoom(now) && better) {
                least = state;
            }
        }
        return Optional.ofNullable(least);
    }

    /** All, beginning behind the one that got the last call. */
    private List<EndpointState> afterLast() {
        List<EndpointState> after = new ArrayList<>();
        List<EndpointState> before = new ArrayList<>();
        boolean seen = false;
        for (EndpointState state : states.values()) {
            (seen ? after : before).add(state);
            seen |= state.endpoint().name().equals(last);
        }
        after.addAll(before);
        return after;
    }

    /** Calls without words at an endpoint that fails would wait for nothing; another may be free. */
    private List<Runnable> takeOut(EndpointState state) {
        List<Admitted> waiting = wordless.stream()
                .filter(call -> call.state == state && state.limit().seesWords())
                .toList();
        waiting.forEach(wordless::remove);
        return waiting.stream().map(call -> call.takenOut).toList();
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    /** Guarded by the balancer. */
    private final class Admitted implements Admission {
        private final EndpointState state;
        private final Endpoint endpoint;
        private final int notes;
        private final long tokens;
        private final int openings;
        private final ConcurrencyLimit.Ticket ticket;
        private Runnable takenOut = () -> {};
        private boolean ended;

        Admitted(EndpointState state, long now, ModelRequest request) {
            int promptTokens = TokenForecast.promptTokens(request);
            this.state = state;
            this.endpoint = state.endpoint();
            this.notes = request.notes();
            this.tokens = promptTokens + forecast.completionTokens(notes);
            this.openings = state.breaker().openings();
            this.ticket = state.limit().send(now, promptTokens);
            state.sent(tokens);
            wordless.add(this);
        }

        @Override
        public Endpoint endpoint() {
            return endpoint;
        }

        @Override
        public void onTakenOut(Runnable action) {
            boolean already;
            synchronized (Balancer.this) {
                takenOut = action;
                already = openings != state.breaker().openings() && wordless.remove(this);
            }
            if (already) {
                action.run();
            }
        }

        @Override
        public void firstPayload(long now) {
            synchronized (Balancer.this) {
                ticket.firstPayload(now);
                wordless.remove(this);
            }
            changed();
        }

        @Override
        public void replied(long now, ModelReply reply) {
            List<Runnable> takenOut = List.of();
            synchronized (Balancer.this) {
                if (release(now, Ending.of(reply))) {
                    forecast.learn(notes, reply);
                    takenOut = state.replied(now, reply, openings) ? takeOut(state) : takenOut;
                }
            }
            takenOut.forEach(Runnable::run);
            changed();
        }

        @Override
        public void givenUp(long now) {
            synchronized (Balancer.this) {
                release(now, new Ending.Neutral());
            }
            changed();
        }

        private boolean release(long now, Ending ending) {
            boolean first = !ended;
            if (first) {
                ended = true;
                wordless.remove(this);
                ticket.end(now, ending);
                state.released(tokens);
                states.values().removeIf(EndpointState::gone);
            }
            return first;
        }
    }
}
