package io.rationale.local.imports;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was taken out of the notes of some files, counted by kind. Not thread safe. */
public final class TakenOut {
    private static final Map<String, String> ONE = Map.of(
            "email", "e-mail address",
            "phone", "phone number",
            "card", "card number",
            "iban", "bank account number",
            "ip", "IP address",
            "birth-date", "date of birth");

    private static final Map<String, String> MANY = Map.of(
            "email", "e-mail addresses",
            "phone", "phone numbers",
            "card", "card numbers",
            "iban", "bank account numbers",
            "ip", "IP addresses",
            "birth-date", "dates of birth");

    private final Map<String, Integer> counts = new TreeMap<>();

    /** Adds what was taken out of a note or dead letter. */
    public void add(Map<String, Integer> redacted) {
        redacted.forEach((kind, count) -> counts.merge(kind, count, Integer::sum));
    }

    /** A sentence; empty where nothing was. */
    public Optional<String> sentence() {
        return counts.isEmpty()
                ? Optional.empty()
                : Optional.of(counts.entrySet().stream()
                        .map(each -> each.getValue() + " " + name(each.getKey(), each.getValue()))
                        .collect(Collectors.joining(", ", "Taken out before anything was kept: ", ".")));
    }

    private static String name(String kind, int count) {
        return (count == 1 ? ONE : MANY).getOrDefault(kind, kind);
    }
}
