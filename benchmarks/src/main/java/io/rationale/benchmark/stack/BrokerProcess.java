package io.rationale.benchmark.stack;

import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import io.rationale.kafka.EmbeddedKafka.Detour;
import io.rationale.kafka.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The embedded broker in a process of its own. It keeps its directory and its ports when it is killed and started anew.
 * Clients come straight, or through a proxy that can be cut.
 */
public final class BrokerProcess {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern READY = Pattern.compile("broker ready");

    private final Processes processes;
    private final List<String> arguments = new ArrayList<>();
    private final int port = Ports.free();
    private final List<TcpProxy> proxies;
    private volatile ChildProcess process;

    private BrokerProcess(Processes processes, int proxied) {
        this.processes = processes;
        arguments.add(processes.folder().resolve("kafka").toString());
        arguments.add(String.valueOf(port));
        proxies = IntStream.range(0, proxied).mapToObj(i -> proxy()).toList();
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @param proxied how many proxies lead to it
     */
    public static BrokerProcess start(Processes processes, int proxied) {
        BrokerProcess broker = new BrokerProcess(processes, proxied);
        broker.restart();
        return broker;
    }

    /** Starts it anew after its end, and waits until it answers. */
    public void restart() {
        process = processes.start("broker", BrokerProcess.class, arguments);
        process.awaitOutput(READY, PATIENCE);
    }

    public ChildProcess process() {
        return process;
    }

    /** The straight way. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The way through a proxy. */
    public String bootstrapServers(int proxy) {
        return "127.0.0.1:" + proxies.get(proxy).port();
    }

    public TcpProxy proxy(int index) {
        return proxies.get(index);
    }

    /** Creates the topics of a deployment with that prefix and waits until they can be written to. */
    public void createTopics(String prefix, int partitions) {
        EmbeddedKafka.createTopics(bootstrapServers(), new Topics(prefix).specs(partitions));
    }

    private TcpProxy proxy() {
        int listener = Ports.free();
        TcpProxy proxy = TcpProxy.start(listener);
        arguments.add(listener + "=" + proxy.port());
        return proxy;
    }

    /** The broker: directory, port, and {@code PORT=ADVERTISED} for each detour. */
    public static void main(String[] args) throws InterruptedException {
        Parent.watch();
        List<Detour> detours = IntStream.range(2, args.length)
                .mapToObj(i -> args[i].split("="))
                .map(ports -> new Detour(Integer.parseInt(ports[0]), Integer.parseInt(ports[1])))
                .toList();
        EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]), detours);
        System.out.println("broker ready");
        new CountDownLatch(1).await();
    }
}
