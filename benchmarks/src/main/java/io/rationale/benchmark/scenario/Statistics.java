package io.rationale.benchmark.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rationale.benchmark.Report;
import io.rationale.benchmark.load.AuditLoad;
import io.rationale.benchmark.stack.Await;
import io.rationale.benchmark.stack.BrokerProcess;
import io.rationale.benchmark.stack.ConsoleProcess;
import io.rationale.benchmark.stack.Events;
import io.rationale.benchmark.stack.Processes;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast the console counts, finds and tells. */
@Command(
        name = "statistics",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the console: decisions counted a second when it starts, the time until it counts again"
                + " after its stores are lost, the time from a decision's commit to the live event, and of answers.")
public final class Statistics extends Scenario {
    private static final String PREFIX = "s.";
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    /** While events are counted: an answer takes processor time, too. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final Duration WARM_UP = Duration.ofSeconds(5);

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Decisions to count (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "6",
            description = "Partitions of the audit (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "1",
            description = "Notes were seen within the last N hours, evenly (default: ${DEFAULT-VALUE}).")
    private long hours;

    @Option(
            names = "--commits",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Decisions whose way to the event stream is timed (default: ${DEFAULT-VALUE}).")
    private int commits;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "1g",
            description = "Largest heap, as -Xmx takes it (default: ${DEFAULT-VALUE}).")
    private String heap;

    @Option(names = "--counts-only", description = "Measures how fast decisions are counted and nothing else.")
    private boolean countsOnly;

    private final SequencedMap<String, Object> figures = new LinkedHashMap<>();
    private BrokerProcess broker;

    @Override
    boolean run(Processes processes, Report report) {
        broker = BrokerProcess.start(processes, 0);
        broker.createTopics(PREFIX, partitions);
        try (AuditLoad load = new AuditLoad(broker.bootstrapServers(), PREFIX + "audit", Duration.ofHours(hours), 1)) {
            load.write(events);
            say("%d decisions with %d labels wait", events, load.labels());
            List<String> options = new ArrayList<>(List.of("-Xmx" + heap));
            options.addAll(jvmOptions());
            ConsoleProcess console =
                    ConsoleProcess.start(processes, "console", options, broker.bootstrapServers(), PREFIX);
            countCold(console);
            if (!countsOnly) {
                answers(console);
                listen(console, load);
            }
            countWarm(console, load);
            if (!countsOnly) {
                restore(console, load);
            }
        }
        figures.forEach((name, value) -> {
            SequencedMap<String, Object> row = new LinkedHashMap<>();
            row.put("measure", name);
            row.put("value", value);
            report.add(row);
        });
        return true;
    }

    /** By a process that has just started and compiles what it runs; it also begins its index. */
    private void countCold(ConsoleProcess console) {
        long first = nanosAt(console, 1);
        count(console, "cold", first, events);
        Await.present("the notes can be searched", PATIENCE, () -> console.get("/api/v1/notes?limit=1"));
        figures.put("searchable after s", seconds(System.nanoTime() - first));
        figures.put("peak RSS MiB", console.process().statusKib("VmHWM") / 1024.0);
        say("searchable");
    }

    /** As many again, by the same process. It sees none of them before all are written. */
    private void countWarm(ConsoleProcess console, AuditLoad load) {
        long before = counted(console);
        load.writeAtOnce(events);
        count(console, "warm", nanosAt(console, before + 1), before + events);
    }

    /** From what is counted now. */
    private void count(ConsoleProcess console, String state, long begin, long all) {
        long from = counted(console);
        Duration consoleBefore = console.process().cpu();
        Duration brokerBefore = broker.process().cpu();
        double seconds = seconds(nanosAt(console, all, BETWEEN_LOOKS) - begin);
        long counted = all - from;
        figures.put(state + ": counted events/s", counted / seconds);
        figures.put(
                state + ": console's processor time an event, µs",
                micros(console.process().cpu().minus(consoleBefore)) / counted);
        figures.put(
                state + ": broker's processor time an event, µs",
                micros(broker.process().cpu().minus(brokerBefore)) / counted);
        say("%s: %d counted in %.1f s", state, counted, seconds);
    }

    private static double micros(Duration time) {
        return time.toNanos() / 1000.0;
    }

    private void answers(ConsoleProcess console) {
        Map<String, String> questions = new LinkedHashMap<>();
        questions.put("table of all", "/api/v1/statistics");
        questions.put("table of 24 h", "/api/v1/statistics?window=24h");
        questions.put("series of 7 d", "/api/v1/statistics/series?window=7d");
        questions.put("list of notes", "/api/v1/notes?limit=50");
        questions.put("full text", "/api/v1/notes?q=outdated%20dosage&limit=50");
        questions.put("full text of many, by time", "/api/v1/notes?q=answer&sort=time&limit=50");
        questions.forEach((name, path) -> {
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                long begin = System.nanoTime();
                Await.present(path, PATIENCE, () -> console.get(path));
                if (i >= 10) {
                    millis.add((System.nanoTime() - begin) / 1e6);
                }
            }
            put(name + ", ms", millis);
        });
    }

    private void listen(ConsoleProcess console, AuditLoad load) {
        Map<String, Long> committed = new LinkedHashMap<>();
        try (Events stream = Events.listen(console.uri("/api/v1/events"))) {
            long end = System.nanoTime() + WARM_UP.toNanos();
            while (System.nanoTime() < end) {
                load.writeOne("w-");
                Await.pause(Duration.ofMillis(20));
            }
            List<Long> counts = new ArrayList<>();
            for (int i = 0; i < commits; i++) {
                String id = load.writeOne("c-");
                committed.put(id, System.nanoTime());
                counts.add(System.nanoTime());
                Await.pause(Duration.ofMillis(20));
            }
            Await.pause(Duration.ofSeconds(2));
            put("commit to decisions event, ms", decisionDelays(stream.sofar(), committed));
            put("commit to next statistics event, ms", statisticsDelays(stream.sofar(), counts));
        }
    }

    private static List<Double> decisionDelays(List<Events.Event> came, Map<String, Long> committed) {
        Map<String, Long> seen = new LinkedHashMap<>();
        came.stream().filter(event -> event.name().equals("decisions")).forEach(event -> {
            for (JsonNode decision : Json.tree(event.data().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .path("decisions")) {
                seen.putIfAbsent(decision.path("noteId").asText(), event.nanos());
            }
        });
        return committed.entrySet().stream()
                .map(each -> {
                    Long at = seen.get(each.getKey());
                    if (at == null) {
                        throw new IllegalStateException("No event tells of " + each.getKey());
                    }
                    return Math.max(0, at - each.getValue()) / 1e6;
                })
                .toList();
    }

    private static List<Double> statisticsDelays(List<Events.Event> came, List<Long> committed) {
        List<Long> at = came.stream()
                .filter(event -> event.name().equals("statistics"))
                .map(Events.Event::nanos)
                .toList();
        return committed.stream()
                .map(commit -> at.stream()
                        .filter(nanos -> nanos >= commit)
                        .findFirst()
                        .map(nanos -> (nanos - commit) / 1e6)
                        .orElse(Double.NaN))
                .filter(delay -> !delay.isNaN())
                .toList();
    }

    /** Killed, its stores lost: until a decision that is written then is counted. */
    private void restore(ConsoleProcess console, AuditLoad load) {
        long before = counted(console);
        console.process().kill();
        delete(console.streams());
        load.writeOne("r-");
        long begin = System.nanoTime();
        console.restart();
        nanosAt(console, before + 1);
        figures.put("kill -9 and stores lost, to the next count, s", seconds(System.nanoTime() - begin));
        figures.put("of which per million events, s", seconds(System.nanoTime() - begin) / (before / 1e6));
    }

    private static long nanosAt(ConsoleProcess console, long count) {
        return nanosAt(console, count, Duration.ofMillis(10));
    }

    private static long nanosAt(ConsoleProcess console, long count, Duration between) {
        Await.until(count + " decisions are counted", PATIENCE, between, () -> counted(console) >= count);
        return System.nanoTime();
    }

    /** By the way that needs no index. */
    private static long counted(ConsoleProcess console) {
        long sum = 0;
        for (JsonNode version :
                console.get("/api/v1/taxonomies").map(Json::tree).orElse(MissingNode.getInstance())) {
            sum += version.path("decided").asLong() + version.path("undecided").asLong();
        }
        return sum;
    }

    private void put(String name, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        figures.put(name + ", median", sorted.get(sorted.size() / 2));
        figures.put(name + ", p99", sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1));
        say("%s: median %.1f, p99 %.1f", name, figures.get(name + ", median"), figures.get(name + ", p99"));
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
