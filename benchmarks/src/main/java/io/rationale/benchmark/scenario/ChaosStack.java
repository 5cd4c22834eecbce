package io.rationale.benchmark.scenario;

import io.rationale.benchmark.stack.BrokerProcess;
import io.rationale.benchmark.stack.ClassifierProcess;
import io.rationale.benchmark.stack.Processes;
import io.rationale.benchmark.stack.SimulatorProcess;
import io.rationale.benchmark.stack.TcpProxy;
import io.rationale.core.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What chaos befalls: a broker, an R1 of two nodes, classifiers that share a group, and a wire that can be cut between
 * each classifier and the broker and between each classifier and each node.
 */
final class ChaosStack {
    static final String PREFIX = "chaos.";

    private static final int NODES = 2;
    private static final int PARTITIONS = 6;
    private static final List<String> R1 = List.of(
            "--slots",
            "16",
            "--thought-median",
            "150",
            "--token-ms-idle",
            "20",
            "--token-ms-full",
            "60",
            "--speed-up",
            "15");
    /** They start often and live shortly. */
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m");

    final Topics topics = new Topics(PREFIX);
    final BrokerProcess broker;
    final SimulatorProcess r1;
    final List<Instance> instances;

    /** A classifier and its wires. */
    record Instance(String name, ClassifierProcess classifier, TcpProxy toBroker, List<TcpProxy> toR1) {}

    private ChaosStack(BrokerProcess broker, SimulatorProcess r1, List<Instance> instances) {
        this.broker = broker;
        this.r1 = r1;
        this.instances = List.copyOf(instances);
    }

    /** Starts all and waits until the classifiers are up. */
    static ChaosStack start(Processes processes, int instances, int batch, long seed) {
        BrokerProcess broker = BrokerProcess.start(processes, instances);
        broker.createTopics(PREFIX, PARTITIONS);
        List<String> options = new ArrayList<>(R1);
        options.addAll(List.of("--seed", String.valueOf(seed)));
        SimulatorProcess r1 = SimulatorProcess.start(processes, NODES, options);
        List<Instance> all = IntStream.range(0, instances)
                .mapToObj(i -> instance(processes, broker, r1, batch, i))
                .toList();
        all.forEach(instance -> instance.classifier().awaitLive());
        return new ChaosStack(broker, r1, all);
    }

    /** Ends the classifiers as a service manager does; those that had to be killed in the end. */
    List<String> stop() {
        return instances.stream()
                .filter(instance -> !instance.classifier().process().terminate(Duration.ofSeconds(90)))
                .map(Instance::name)
                .toList();
    }

    private static Instance instance(
            Processes processes, BrokerProcess broker, SimulatorProcess r1, int batch, int index) {
        String name = "classifier-" + (index + 1);
        List<TcpProxy> toR1 = IntStream.range(0, NODES)
                .mapToObj(node -> TcpProxy.start(r1.port(node)))
                .toList();
        List<String> urls = toR1.stream()
                .map(proxy -> "http://127.0.0.1:" + proxy.port() + "/v1")
                .toList();
        ClassifierProcess.Settings settings = ClassifierProcess.Settings.of(
                        broker.bootstrapServers(index), urls, SimulatorProcess.MODEL, PREFIX)
                .with("RATIONALE_CLASSIFIER_INSTANCE_ID", name)
                .with("RATIONALE_BATCH_MAX_NOTES", batch)
                .with("RATIONALE_R1_CONNECT_TIMEOUT", "2s")
                .with("RATIONALE_R1_FIRST_PAYLOAD_TIMEOUT", "20s")
                .with("RATIONALE_R1_IDLE_TIMEOUT", "10s")
                .withJvmOptions(JVM);
        return new Instance(name, ClassifierProcess.start(processes, name, settings), broker.proxy(index), toR1);
    }
}
