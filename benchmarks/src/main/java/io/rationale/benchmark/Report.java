package io.rationale.benchmark;

import com.fasterxml.jackson.databind.SerializationFeature;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What a scenario found: rows of named values, printed as a Markdown table and written as JSON. */
public final class Report {
    private final String scenario;
    private final Map<String, Object> options;
    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<Map<String, Object>> rows = new ArrayList<>();

    /** @param options that the scenario runs with, by name */
    public Report(String scenario, Map<String, Object> options) {
        this.scenario = scenario;
        this.options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Adds a row; the columns of the table are the names of all rows in the order in which they first come. */
    public synchronized void add(SequencedMap<String, Object> row) {
        rows.add(Collections.unmodifiableMap(new LinkedHashMap<>(row)));
    }

    /** The table, as Markdown. */
    public synchronized void print(PrintStream out) {
        Collection<String> columns = rows.stream()
                .flatMap(row -> row.keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        out.println(line(columns));
        out.println(line(columns.stream().map(this::ruler).toList()));
        for (Map<String, Object> row : rows) {
            out.println(
                    line(columns.stream().map(column -> shown(row.get(column))).toList()));
        }
    }

    /** Writes {@code SCENARIO.json} into the folder and says where. */
    public synchronized Path write(Path folder) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("scenario", scenario);
        content.put("startedAt", startedAt);
        content.put("machine", machine());
        content.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
        content.put("options", options);
        content.put("rows", rows);
        try {
            Path file = Files.createDirectories(folder).resolve(scenario + ".json");
            Files.write(
                    file,
                    Json.mapper().writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(content));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("architecture", System.getProperty("os.arch"));
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        return machine;
    }

    private String ruler(String column) {
        return rows.stream().map(row -> row.get(column)).anyMatch(Number.class::isInstance) ? "---:" : "---";
    }

    private static String shown(Object value) {
        return switch (value) {
            case null -> "";
            case Double number when Math.abs(number) >= 100 -> String.format(Locale.ROOT, "%.0f", number);
            case Double number -> String.format(Locale.ROOT, "%.2f", number);
            default -> String.valueOf(value);
        };
    }

    private static String line(Collection<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
