package io.rationale.classifier.r1.http;

import io.rationale.classifier.r1.server.ServerProfile;
import io.rationale.core.json.Bytes;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a server has to do, for all of its clients.
 *
 * @param running requests in slots
 * @param waiting requests in its queue
 */
public record ServerLoad(int running, int waiting) {
    /** Reads it from what the server tells Prometheus; nothing where a gauge is missing. */
    static Optional<ServerLoad> read(Bytes metrics, ServerProfile.LoadMetrics names) {
        String text = metrics.lenientUtf8();
        OptionalInt running = sum(text, names.running());
        OptionalInt waiting = sum(text, names.waiting());
        return running.isPresent() && waiting.isPresent()
                ? Optional.of(new ServerLoad(running.getAsInt(), waiting.getAsInt()))
                : Optional.empty();
    }

    /** The sum over all label sets: a server with several engines has one each. */
    private static OptionalInt sum(String text, String name) {
        double sum = 0;
        boolean found = false;
        for (String line : text.lines().filter(each -> each.startsWith(name)).toList()) {
            String rest = line.substring(name.length());
            if (rest.startsWith("{") || rest.startsWith(" ")) {
                String value = rest.substring(rest.lastIndexOf('}') + 1).strip().split("\\s")[0];
                sum += number(value);
                found = true;
            }
        }
        return found ? OptionalInt.of((int) Math.round(sum)) : OptionalInt.empty();
    }

    private static double number(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
