package io.rationale.classifier.r1.simulation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What came of a run. Queues are shares of a server's slots, the worst server's; time counts while the server was up and
 * work waited.
 *
 * @param busy          share of all slots
 * @param meanQueue     on average
 * @param p99Queue      not exceeded in 99 % of the time
 * @param largestQueue  at any time
 * @param perHour       batches answered
 * @param again         calls beyond the first for a batch
 * @param answeredTwice batches answered more than once
 * @param lost          batches taken in and never answered
 * @param tokens        of finished answers by server
 * @param limits        the first client's, over time, by server
 * @param secondsToFull for which work waited until nearly all slots of each server were busy
 */
record Result(
        double busy,
        double meanQueue,
        double p99Queue,
        double largestQueue,
        double perHour,
        long again,
        long answeredTwice,
        long lost,
        Map<String, Double> tokens,
        Map<String, List<Integer>> limits,
        OptionalLong secondsToFull) {

    static Result of(
            Scenario scenario,
            Collection<ModelServer> servers,
            List<Client> clients,
            Map<String, List<Integer>> limits,
            Map<String, Double> tokens,
            long answered) {
        List<ServerStats> stats = servers.stream().map(ModelServer::stats).toList();
        double slots = stats.stream().mapToDouble(ServerStats::slotNanos).sum();
        double busy = stats.stream().mapToDouble(ServerStats::busyNanos).sum();
        return new Result(
                busy / slots,
                stats.stream().mapToDouble(ServerStats::meanQueue).max().orElseThrow(),
                stats.stream().mapToDouble(ServerStats::p99Queue).max().orElseThrow(),
                stats.stream().mapToDouble(ServerStats::largestQueue).max().orElseThrow(),
                (double) answered / scenario.hours(),
                clients.stream().mapToLong(Client::again).sum(),
                clients.stream().mapToLong(Client::answeredTwice).sum(),
                clients.stream()
                        .mapToLong(client -> client.taken() - client.answered())
                        .sum(),
                tokens,
                limits,
                secondsToFull(stats));
    }

    /** The server's share of the tokens. */
    double share(String server) {
        return tokens.get(server)
                / tokens.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The first client's limit at the end. */
    int lastLimit(String server) {
        return limits.get(server).getLast();
    }

    private static OptionalLong secondsToFull(List<ServerStats> stats) {
        return stats.stream().allMatch(one -> one.full().isPresent())
                ? OptionalLong.of(Math.round(stats.stream()
                                .mapToLong(one -> one.full().orElseThrow())
                                .max()
                                .orElseThrow()
                        / 1e9))
                : OptionalLong.empty();
    }
}
