package io.rationale.classifier.r1.simulation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as a page for people. */
final class Report {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String HEAD = """
            # R1 clusters, simulated

            What the classifier's own balancer, circuit breakers and limits do with R1 servers over hours, on a virtual clock:
            only the servers and the network are invented. Written by `./rationale simulation`; a test holds this page against
            what it computes.

            **The servers** are as vLLM is: a number of slots that nobody tells the client, and a queue without bound in the
            order of coming. A token takes 20 ms while four are decoded at once and some 26 ms more for each doubling, prefill
            runs at 15,000 tokens a second and slower under load, nine prompts of ten find their beginning in the prefix cache.
            **The calls** ask about 1 to 15 notes; thought and answer are lognormal with a heavy tail (median 500 tokens times
            the root of the notes, σ = 0.98), so that some calls take a hundred times as long as others.

            Three ways to limit the calls are compared: **slots found**, which is what the classifier does
            ([why](../adr/0005-slots-from-first-payloads.md)); the same with a **fixed** limit of 16 for each node; and what is
            usual for services whose calls are alike, **AIMD on latency** (a call of twice the average cuts the limit).

            *Busy*: share of the slots of servers that are up, while work waits. *Queue*: requests waiting at a server as a
            share of its slots, of the server where that is worst: on average, not exceeded 99 % of the time, and at most.
            *Again*: calls made again after a failure. *Twice*: batches answered twice. *Lost*: batches never answered.
            The curves show the limit of each node over time, from left to right; · where the node gets nothing.
            """;

    private Report() {}

    static String of(Map<Scenario, Map<Policy, Result>> results) {
        StringBuilder page = new StringBuilder(HEAD);
        int number = 1;
        for (Map.Entry<Scenario, Map<Policy, Result>> entry : results.entrySet()) {
            page.append("\n## ").append(number++).append(". ").append(section(entry.getKey(), entry.getValue()));
        }
        return page.toString();
    }

    /** As 98.7 %. */
    static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Of the work, by server. */
    static String shares(Result result) {
        return result.tokens().keySet().stream()
                .map(server -> server + " " + percent(result.share(server)))
                .collect(Collectors.joining(", "));
    }

    private static String section(Scenario scenario, Map<Policy, Result> results) {
        StringBuilder text = new StringBuilder(scenario.title()).append("\n\n");
        text.append(scenario.text()).append(' ').append(hours(scenario)).append("\n\n");
        text.append("| | busy | queue: mean | 99 % | most | batches an hour | again | twice | lost |\n");
        text.append("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        results.forEach((policy, result) -> text.append(row(policy, result)));
        Result found = results.get(Policy.FOUND);
        text.append("\n```\n").append(curves(found)).append("```\n\n");
        return text.append(story(scenario, results)).append('\n').toString();
    }

    private static String hours(Scenario scenario) {
        return scenario.hours() == 1 ? "One hour." : scenario.hours() + " hours.";
    }

    private static String row(Policy policy, Result result) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %,.0f | %d | %d | %d |\n",
                policy.title(),
                percent(result.busy()),
                percent(result.meanQueue()),
                percent(result.p99Queue()),
                percent(result.largestQueue()),
                result.perHour(),
                result.again(),
                result.answeredTwice(),
                result.lost());
    }

    private static String curves(Result result) {
        int most = result.limits().values().stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(1);
        return result.limits().entrySet().stream()
                .map(entry ->
                        entry.getKey() + " " + curve(entry.getValue(), most) + " " + range(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String curve(List<Integer> limits, int most) {
        return limits.stream()
                .map(limit -> limit == 0 ? "·" : "" + BARS.charAt((limit * BARS.length() - 1) / most))
                .collect(Collectors.joining());
    }

    private static String range(List<Integer> limits) {
        List<Integer> used = limits.stream().filter(limit -> limit > 0).sorted().toList();
        return used.getFirst().equals(used.getLast())
                ? "" + used.getFirst()
                : used.getFirst() + " to " + used.getLast();
    }

    private static String story(Scenario scenario, Map<Policy, Result> results) {
        Result found = results.get(Policy.FOUND);
        String others = results.entrySet().stream()
                .filter(entry -> entry.getKey() != Policy.FOUND)
                .map(entry ->
                        percent(entry.getValue().busy()) + " (" + entry.getKey().title() + ")")
                .collect(Collectors.joining(" and "));
        String full = found.secondsToFull().isPresent()
                ? " Nearly all slots were busy after " + found.secondsToFull().getAsLong() + " s in which work waited."
                : "";
        String remark = scenario.remark().apply(found);
        return "Found: " + percent(found.busy()) + " of the slots busy while work waited, against " + others
                + "; a queue of " + percent(found.meanQueue()) + " of the slots on average." + full
                + (remark.isEmpty() ? "" : " " + remark);
    }
}
