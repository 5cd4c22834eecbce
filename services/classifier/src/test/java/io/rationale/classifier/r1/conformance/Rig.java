package io.rationale.classifier.r1.conformance;

import static org.awaitility.Awaitility.await;

import io.rationale.classifier.Fixtures;
import io.rationale.classifier.TestConfig;
import io.rationale.classifier.classify.OneByOne;
import io.rationale.classifier.r1.TestStack;
import io.rationale.classifier.r1.cluster.Balancer;
import io.rationale.classifier.r1.cluster.ConcurrencyLimit;
import io.rationale.classifier.r1.cluster.Endpoint;
import io.rationale.classifier.r1.cluster.Server;
import io.rationale.classifier.r1.http.HttpEndpoints;
import io.rationale.classifier.r1.http.HttpReasoningModel;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.NoteTask;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.profile.ServerProfile;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A simulated server with the real client in front of it. Used by one thread at a time: the faults are the server's. */
final class Rig implements AutoCloseable {
    /** Fast, but not so fast that dripping or a loop would be over at once. */
    private static final SimulatorOptions SERVER = SimulatorOptions.DEFAULT.withSpeedUp(1_000);

    private static final String SILENCE = "600ms";
    /** Nothing here takes so long, unless something is wrong. */
    private static final String LONGEST = "15s";

    private static final Set<Fault> SILENT = Set.of(Fault.HANG, Fault.STALL, Fault.DRIP);
    private static final int MAX_ATTEMPTS = 3;

    private final R1Simulator simulator;
    private final List<HttpEndpoints> opened = new ArrayList<>();
    private final Map<Client, HttpReasoningModel> models = new HashMap<>();

    private record Client(boolean streamed, boolean impatient) {}

    Rig(ServerProfile profile) {
        // A seed of its own, so that not all servers choose the same among the forms of a fault.
        simulator = R1Simulator.start(SERVER.withProfile(profile).withSeed(profile.ordinal()));
    }

    @Override
    public void close() {
        opened.forEach(HttpEndpoints::close);
        simulator.close();
    }

    /** Tries a case in all ways. */
    Observed observe(Case each) throws InterruptedException {
        HttpReasoningModel model = model(each.streamed(), SILENT.contains(each.fault()));
        Map<Fault, Double> always = Map.of(each.fault(), 1.0);
        begin(always);
        ModelReply reply = model.call(Notes.request(), () -> {});
        end();
        Sent sent = sent(each.fault(), reply);
        begin(always);
        List<Decision> decisions = new ArrayList<>();
        List<Integer> asked = classify(model, Notes.tasks(), decisions);
        return new Observed(reply, sent, decisions, asked, simulator.stats().requests());
    }

    /** The decisions about a batch whose first call meets with these faults. */
    List<Decision> decisions(boolean streamed, Set<Fault> faults) throws InterruptedException {
        HttpReasoningModel model = model(streamed, faults.stream().anyMatch(SILENT::contains));
        begin(faults.stream().collect(Collectors.toMap(Function.identity(), fault -> 1.0)));
        List<Decision> decisions = new ArrayList<>();
        classify(model, Notes.tasks(), decisions);
        return decisions;
    }

    /** Lengths and phrases go by the prompt and how often it came: so two clients get the same. */
    private void begin(Map<Fault, Double> faults) {
        simulator.reset();
        simulator.faults(faults);
    }

    private void end() {
        simulator.faults(Map.of());
        open(simulator, 0);
    }

    /** Opens a port that may be closed: meanwhile a connection may have taken it for its own end. */
    static void open(R1Simulator simulator, int node) {
        await().atMost(Duration.ofSeconds(20))
                .ignoreException(UncheckedIOException.class)
                .untilAsserted(() -> simulator.startNode(node));
    }

    /** A response that breaks is the beginning of the one that does not. */
    private Sent sent(Fault fault, ModelReply reply) throws InterruptedException {
        if (reply.status() == 0) {
            return new Sent("");
        }
        boolean breaks = fault == Fault.RESET || fault == Fault.STALL;
        begin(breaks ? Map.of() : Map.of(fault, 1.0));
        return Sent.by(simulator.baseUrl(), reply.request().toArray());
    }

    private List<Integer> classify(HttpReasoningModel model, List<NoteTask> notes, List<Decision> decisions)
            throws InterruptedException {
        List<Integer> asked = new CopyOnWriteArrayList<>();
        Server faultyOnce = (ModelRequest request, Runnable firstPayload) -> {
            asked.add(request.notes());
            ModelReply reply = model.call(request, firstPayload);
            end();
            return reply;
        };
        Balancer balancer = new Balancer(ConcurrencyLimit.Bounds.DEFAULT, new Random(1));
        balancer.setEndpoints(List.of(new Endpoint(model.name(), faultyOnce)));
        balancer.tryStartProbe(model.name(), System.nanoTime());
        balancer.probeSucceeded(model.name(), System.nanoTime());
        new OneByOne(Notes.TAXONOMY, TestStack.over(balancer), MAX_ATTEMPTS, Fixtures.CLOCK)
                .classify(notes, decisions::add);
        return asked;
    }

    /** A model that was probed while nothing was wrong. */
    private HttpReasoningModel model(boolean streamed, boolean impatient) throws InterruptedException {
        Client client = new Client(streamed, impatient);
        HttpReasoningModel known = models.get(client);
        return known == null ? probed(client) : known;
    }

    private HttpReasoningModel probed(Client client) throws InterruptedException {
        Map<String, String> config = new HashMap<>();
        config.put("rationale.r1.stream", String.valueOf(client.streamed()));
        config.put("rationale.r1.max-tokens", "8192");
        String silence = client.impatient() ? SILENCE : LONGEST;
        config.put("rationale.r1.first-payload-timeout", silence);
        config.put("rationale.r1.idle-timeout", silence);
        config.put("rationale.r1.total-timeout", client.streamed() ? LONGEST : silence);
        HttpEndpoints http =
                new HttpEndpoints(TestConfig.of("rationale.", "one", config).r1(), name -> null);
        opened.add(http);
        HttpReasoningModel model = http.endpoint(simulator.baseUrl(), 1);
        simulator.faults(Map.of());
        model.probe().ifPresent(outcome -> {
            throw new IllegalStateException("The simulator does not answer a probe: " + outcome);
        });
        models.put(client, model);
        return model;
    }
}
