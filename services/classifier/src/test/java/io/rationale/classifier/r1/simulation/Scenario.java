package io.rationale.classifier.r1.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is simulated.
 *
 * @param title    a heading
 * @param text     what happens, for the reader
 * @param hours    of it
 * @param nodes    servers that are there from the start, by name
 * @param clients  classifiers that share them
 * @param workload of each client
 * @param streamed whether answers are streamed
 * @param metrics  whether the servers offer their numbers of running and waiting requests
 * @param script   what happens on the way
 * @param remark   what is worth saying of the classifier's own result
 */
record Scenario(
        String title,
        String text,
        int hours,
        Map<String, ModelServer.Profile> nodes,
        int clients,
        Workload workload,
        boolean streamed,
        boolean metrics,
        Consumer<World> script,
        Function<Result, String> remark) {

    static Scenario of(String title, String text, ModelServer.Profile... profiles) {
        Map<String, ModelServer.Profile> nodes = new LinkedHashMap<>();
        for (ModelServer.Profile profile : profiles) {
            nodes.put("node-" + (char) ('a' + nodes.size()), profile);
        }
        return new Scenario(title, text, 6, nodes, 1, Workload.BACKLOG, true, false, world -> {}, result -> "");
    }

    Scenario script(Consumer<World> what) {
        return new Scenario(title, text, hours, nodes, clients, workload, streamed, metrics, what, remark);
    }

    Scenario hours(int count) {
        return new Scenario(title, text, count, nodes, clients, workload, streamed, metrics, script, remark);
    }

    Scenario clients(int count) {
        return new Scenario(title, text, hours, nodes, count, workload, streamed, metrics, script, remark);
    }

    Scenario workload(Workload what) {
        return new Scenario(title, text, hours, nodes, clients, what, streamed, metrics, script, remark);
    }

    Scenario withMetrics() {
        return new Scenario(title, text, hours, nodes, clients, workload, streamed, true, script, remark);
    }

    Scenario unstreamed(boolean withMetrics) {
        return new Scenario(title, text, hours, nodes, clients, workload, false, withMetrics, script, remark);
    }

    Scenario remark(Function<Result, String> what) {
        return new Scenario(title, text, hours, nodes, clients, workload, streamed, metrics, script, what);
    }

    Duration length() {
        return Duration.ofHours(hours);
    }
}
