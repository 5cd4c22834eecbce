package io.rationale.classifier.r1.simulation;

import io.rationale.classifier.r1.cluster.Admission;
import io.rationale.classifier.r1.cluster.BackOff;
import io.rationale.core.json.Bytes;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** A classifier: takes batches in, sends them where its gate says, asks again what failed. */
final class Client {
    private static final Duration FIRST_PAYLOAD_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);

    private final Timeline timeline;
    private final Map<String, ModelServer> servers;
    private final Gate gate;
    private final boolean streamed;
    private final BackOff backOff;
    private final Workload workload;
    private final Supplier<Call> calls;
    private final Random random;
    private final Deque<Call> waiting = new ArrayDeque<>();
    private final Map<String, Double> tokensByServer = new HashMap<>();
    private boolean open = true;
    private long taken;
    private long answered;
    private long again;
    private long answeredTwice;
    private long dispatchAt = -1;

    Client(
            Timeline timeline,
            Map<String, ModelServer> servers,
            Gate gate,
            Workload workload,
            boolean streamed,
            Random random) {
        this.timeline = timeline;
        this.servers = servers;
        this.gate = gate;
        this.workload = workload;
        this.streamed = streamed;
        this.backOff = new BackOff(random);
        this.random = random;
        this.calls = workload.calls(random);
    }

    Gate gate() {
        return gate;
    }

    /** Takes no more in from now on, and works off what it has. */
    void close() {
        open = false;
    }

    /** Batches taken in. */
    long taken() {
        return taken;
    }

    /** Batches answered. */
    long answered() {
        return answered;
    }

    /** Calls beyond the first for a batch. */
    long again() {
        return again;
    }

    /** Batches answered more than once. */
    long answeredTwice() {
        return answeredTwice;
    }

    /** Tokens of finished answers, by server, since the last time that was asked for. */
    Map<String, Double> tokensByServer() {
        return tokensByServer;
    }

    /** Whether there is more to do than is under way. */
    boolean workWaits() {
        return !waiting.isEmpty() || open && workload.endless();
    }

    void start() {
        if (workload.perSecond() > 0) {
            arrive();
        }
        dispatch();
    }

    /** So many come at once. */
    void burst(int batches) {
        accountServers();
        for (int i = 0; i < batches; i++) {
            take();
        }
        dispatch();
    }

    /** Sends what may be sent now. */
    void dispatch() {
        while (workWaits()) {
            if (waiting.isEmpty()) {
                take();
            }
            Optional<Admission> admission =
                    gate.admit(timeline.now(), waiting.peekFirst().request());
            if (admission.isEmpty()) {
                gate.nextRoom(timeline.now()).ifPresent(this::dispatchAt);
                return;
            }
            accountServers();
            send(waiting.removeFirst(), admission.get());
        }
    }

    private void arrive() {
        timeline.after(workload.gap(random), () -> {
            if (open && waiting.size() < workload.buffer()) {
                accountServers();
                take();
                dispatch();
            }
            arrive();
        });
    }

    private void take() {
        waiting.addLast(calls.get());
        taken++;
    }

    private void dispatchAt(long at) {
        if (at != dispatchAt) {
            dispatchAt = at;
            timeline.after(Duration.ofNanos(at - timeline.now()), this::dispatch);
        }
    }

    private void accountServers() {
        servers.values().forEach(ModelServer::account);
    }

    private void send(Call call, Admission admission) {
        again += call.failures() > 0 ? 1 : 0;
        Sending sending =
                new Sending(call, admission, servers.get(admission.endpoint().name()));
        timeline.after(sending.server.network(), () -> sending.server.arrive(sending.job));
        if (streamed) {
            timeline.after(FIRST_PAYLOAD_TIMEOUT, sending::noFirstPayload);
        }
    }

    /** One try of a call. */
    private final class Sending implements ModelServer.Caller {
        private final Call call;
        private final Admission admission;
        private final ModelServer server;
        private final ModelServer.Job job;
        private boolean started;
        private boolean over;

        Sending(Call call, Admission admission, ModelServer server) {
            this.call = call;
            this.admission = admission;
            this.server = server;
            this.job = new ModelServer.Job(call.promptTokens(), call.tokens(), this);
        }

        @Override
        public void firstPayload() {
            timeline.after(server.network(), () -> {
                started = true;
                if (streamed && !over) {
                    admission.firstPayload(timeline.now());
                    dispatch();
                }
            });
        }

        @Override
        public void answered() {
            reply(server.network(), new ModelOutcome.Complete("thought", "answer"));
        }

        @Override
        public void rejected() {
            reply(server.network(), new ModelOutcome.Overloaded(429, "slow down", Optional.empty()));
        }

        @Override
        public void broken() {
            reply(server.network(), new ModelOutcome.Unreachable("connection refused"));
        }

        @Override
        public void silent() {
            reply(IDLE_TIMEOUT, new ModelOutcome.TimedOut(ModelOutcome.Timer.IDLE, "", ""));
        }

        void noFirstPayload() {
            if (!started) {
                reply(Duration.ZERO, new ModelOutcome.TimedOut(ModelOutcome.Timer.FIRST_PAYLOAD, "", ""));
            }
        }

        private void reply(Duration delay, ModelOutcome outcome) {
            timeline.after(delay, () -> {
                if (!over) {
                    over = true;
                    end(outcome);
                }
            });
        }

        private void end(ModelOutcome outcome) {
            boolean complete = outcome instanceof ModelOutcome.Complete;
            server.cancel(job);
            admission.replied(timeline.now(), modelReply(outcome, complete ? call.tokens() : 0));
            if (complete) {
                finished();
            } else {
                timeline.after(backOff.delay(call.failed()), this::retry);
            }
            dispatch();
        }

        private void finished() {
            answered++;
            answeredTwice += call.answered() > 1 ? 1 : 0;
            tokensByServer.merge(server.name(), call.tokens(), Double::sum);
        }

        private void retry() {
            accountServers();
            waiting.addFirst(call);
            dispatch();
        }

        private ModelReply modelReply(ModelOutcome outcome, double tokens) {
            return new ModelReply(
                    outcome,
                    server.name(),
                    "simulated",
                    "r1",
                    Bytes.empty(),
                    Bytes.empty(),
                    200,
                    null,
                    new Usage(0, tokens, 0, 0),
                    Instant.EPOCH,
                    streamed && started ? Duration.ZERO : null,
                    Duration.ZERO,
                    1,
                    List.of());
        }
    }
}
