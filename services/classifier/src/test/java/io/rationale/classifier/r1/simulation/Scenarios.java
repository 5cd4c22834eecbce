package io.rationale.classifier.r1.simulation;

import io.rationale.classifier.r1.simulation.ModelServer.Order;
import io.rationale.classifier.r1.simulation.ModelServer.Profile;
import java.time.Duration;
import java.util.List;

/** The situations that a cluster of R1 servers gets into. */
final class Scenarios {
    static final Scenario TWO_NODES = Scenario.of(
            "Two nodes of 32 slots",
            "A backlog that never ends, two nodes that queue without bound and never say no, slots unknown to the client.",
            Profile.r1(32),
            Profile.r1(32));

    static final Scenario SLOW = Scenario.of(
                    "A node turns ten times slower",
                    "From hour 1 on node-b takes ten times as long for everything; shares of the work count from then on.",
                    Profile.r1(32),
                    Profile.r1(32))
            .script(world -> world.at(Duration.ofHours(1), () -> {
                world.server("node-b").slowDown(10);
                world.countWorkFromHere();
            }))
            .remark(result -> "node-b did " + Report.percent(result.share("node-b")) + " of the work from then on.");

    static final Scenario DEAD = Scenario.of(
                    "A node is dead, later another",
                    "node-b refuses connections from the start and comes up after two hours; node-a is away from hour 3 to hour 4.",
                    Profile.r1(32),
                    Profile.r1(32))
            .script(world -> {
                world.server("node-b").die();
                world.at(Duration.ofHours(2), () -> world.server("node-b").restart());
                world.at(Duration.ofHours(3), () -> world.server("node-a").die());
                world.at(Duration.ofHours(4), () -> world.server("node-a").restart());
            })
            .remark(result -> "node-b did " + Report.percent(result.share("node-b")) + " of the work in all.");

    static final Scenario FLAPPING = Scenario.of(
                    "A node flaps",
                    "node-b dies every five minutes and is back two minutes later.",
                    Profile.r1(32),
                    Profile.r1(32))
            .script(world -> {
                for (int minute = 5; minute < 355; minute += 7) {
                    world.at(Duration.ofMinutes(minute), () -> world.server("node-b")
                            .die());
                    world.at(Duration.ofMinutes(minute + 2), () -> world.server("node-b")
                            .restart());
                }
            })
            .remark(result -> "node-b did " + Report.percent(result.share("node-b"))
                    + " of the work, though each of its deaths broke off what it was at.");

    static final Scenario HUNG = Scenario.of(
                    "A node hangs",
                    "From hour 1 to hour 2 node-b accepts requests, keeps its connections open and generates nothing.",
                    Profile.r1(32),
                    Profile.r1(32))
            .script(world -> {
                world.at(Duration.ofHours(1), () -> world.server("node-b").hang());
                world.at(Duration.ofHours(2), () -> world.server("node-b").restart());
            })
            .remark(result -> "What hung was broken off by the idle timer, and " + result.again()
                    + " calls were made again; a probe for words, not a health page, says when the node is back.");

    static final Scenario OVERLOAD = Scenario.of(
                    "Ten times too much",
                    "Batches arrive at ten times the rate that both nodes can do; the client keeps 200, the rest stays in Kafka.",
                    Profile.r1(32),
                    Profile.r1(32))
            .workload(Workload.arrivals(2.9, 200));

    static final Scenario BURSTS = Scenario.of(
                    "Bursts after silence",
                    "Every half hour 150 batches come at once, and nothing between.",
                    Profile.r1(32),
                    Profile.r1(32))
            .workload(Workload.BURSTS)
            .script(world -> {
                for (int i = 0; i < 12; i++) {
                    world.at(Duration.ofMinutes(1 + 30 * i), () -> world.burst(150));
                }
            });

    static final Scenario FAR = Scenario.of(
            "Servers far away",
            "As the first, but each message takes a second each way.",
            Profile.r1(32).away(Duration.ofSeconds(1)),
            Profile.r1(32).away(Duration.ofSeconds(1)));

    static final Scenario REJECTING = Scenario.of(
            "Servers that say no",
            "Both nodes answer 429, without Retry-After, to what exceeds their 32 slots and a queue of one.",
            Profile.r1(32).rejectingBeyond(1),
            Profile.r1(32).rejectingBeyond(1));

    static final Scenario CHANGING = Scenario.of(
                    "Slots come and go", "One node: 32 slots, 8 from hour 2 on, 64 from hour 4 on.", Profile.r1(32))
            .script(world -> {
                world.at(Duration.ofHours(2), () -> world.server("node-a").setSlots(8));
                world.at(Duration.ofHours(4), () -> world.server("node-a").setSlots(64));
            })
            .remark(result -> "The limit found at the end was " + result.lastLimit("node-a")
                    + ". What had been sent when slots went cannot be taken back: that is the longest queue.");

    static final Scenario MEMBERS = Scenario.of(
                    "Nodes are added and removed",
                    "node-c joins after two hours; node-a is taken off the list after four and may finish what it has.",
                    Profile.r1(32),
                    Profile.r1(32))
            .script(world -> {
                world.at(Duration.ofHours(2), () -> world.add("node-c", Profile.r1(32)));
                world.at(Duration.ofHours(4), () -> world.remove("node-a"));
            })
            .remark(result -> "The work was shared " + Report.shares(result) + ".");

    static final Scenario SMALL = Scenario.of(
                    "A small llama-server",
                    "One machine without a graphics card: two slots, 40 prompt tokens and 5 answer tokens a second.",
                    new Profile(
                            2,
                            Profile.UNBOUNDED,
                            40,
                            Duration.ofMillis(200),
                            Duration.ZERO,
                            Duration.ofMillis(1),
                            Order.COMING))
            .workload(new Workload(true, 0, 1, 3, 500))
            .remark(result ->
                    "One call waiting is half of two slots, and the least that keeps both busy; the limit found is "
                            + result.lastLimit("node-a") + ".");

    static final Scenario DISTILL = Scenario.of(
                    "A quick distill",
                    "One node of 64 slots with a distilled model: single notes, calls of seconds.",
                    new Profile(
                            64,
                            Profile.UNBOUNDED,
                            15_000,
                            Duration.ofMillis(5),
                            Duration.ofMillis(1),
                            Duration.ofMillis(1),
                            Order.COMING))
            .hours(1)
            .workload(new Workload(true, 0, 1, 1, 500));

    static final Scenario SHARED = Scenario.of(
                    "Three classifiers share the nodes",
                    "Three clients that know nothing of each other, each with a backlog of its own.",
                    Profile.r1(32),
                    Profile.r1(32))
            .clients(3)
            .remark(result -> "The first client's limits moved around a third of the slots, "
                    + result.lastLimit("node-a") + " and " + result.lastLimit("node-b") + " at the end.");

    static final Scenario SHARED_METRICS = Scenario.of(
                    "Three classifiers, and metrics beside the streams",
                    "The same, and the servers offer their numbers of running and waiting requests, too.",
                    Profile.r1(32),
                    Profile.r1(32))
            .clients(3)
            .withMetrics();

    static final Scenario STREAMED_METRICS = Scenario.of(
                    "Metrics beside the streams",
                    "As the first, and the servers offer their numbers of running and waiting requests, too.",
                    Profile.r1(32),
                    Profile.r1(32))
            .withMetrics();

    static final Scenario RANDOM_ORDER = Scenario.of(
            "Servers that serve in any order",
            "As the first, but a freed slot goes to any of the requests that wait, not to the first.",
            Profile.r1(32).inOrderOf(Order.RANDOM),
            Profile.r1(32).inOrderOf(Order.RANDOM));

    static final Scenario PREFILL = Scenario.of(
                    "Prefill longer than thought",
                    "One node of 32 slots that reads 300 prompt tokens a second and thinks 50 to 200: the other way round than R1.",
                    new Profile(
                            32,
                            Profile.UNBOUNDED,
                            300,
                            Duration.ofMillis(5),
                            Duration.ofMillis(1),
                            Duration.ofMillis(1),
                            Order.COMING))
            .hours(1);

    static final Scenario METRICS = Scenario.of(
                    "Not streamed, with metrics",
                    "No first payload can be seen; the servers' numbers of running and waiting requests are read every five seconds.",
                    Profile.r1(32),
                    Profile.r1(32))
            .unstreamed(true);

    static final Scenario BLIND = Scenario.of(
                    "Not streamed, without metrics",
                    "Nothing can be seen: the limit stays at its documented default.",
                    Profile.r1(32),
                    Profile.r1(32))
            .unstreamed(false);

    static final List<Scenario> ALL = List.of(
            TWO_NODES,
            SLOW,
            DEAD,
            FLAPPING,
            HUNG,
            OVERLOAD,
            BURSTS,
            FAR,
            REJECTING,
            CHANGING,
            MEMBERS,
            SMALL,
            DISTILL,
            SHARED,
            SHARED_METRICS,
            STREAMED_METRICS,
            RANDOM_ORDER,
            PREFILL,
            METRICS,
            BLIND);

    private Scenarios() {}
}
