package io.rationale.benchmark.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.benchmark.replicas.AuditRecount.Known;
import io.rationale.benchmark.replicas.AuditRecount.Place;
import io.rationale.benchmark.stack.ConsoleProcess;
import io.rationale.core.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What one console answers, held against the recount. */
final class Answers {
    private final ConsoleProcess console;
    private final AuditRecount recount;

    Answers(ConsoleProcess console, AuditRecount recount) {
        this.console = console;
        this.recount = recount;
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode json(String path) {
        return Json.tree(console.get(path).orElseThrow(() -> new AssertionError("no answer to " + path)));
    }

    /**
     * The table, the series and the cross table of one question.
     *
     * @param source null for all
     * @param range  {@code from=...&to=...}, or empty for everything
     */
    void shouldCount(String version, String source, String range) {
        String path = "/api/v1/statistics?taxonomy=" + version + (source == null ? "" : "&source=" + encoded(source))
                + (range.isEmpty() ? "&window=all" : "&" + range);
        JsonNode table = json(path);
        Instant from = time(table, "from");
        Instant to = time(table, "to");
        Predicate<Known> counted = AuditRecount.of(source, from, to);

        assertThat(said(table)).as(path).isEqualTo(recount.table(version, counted));
        assertThat(table.path("rows").findValues("count"))
                .as(path)
                .extracting(JsonNode::asLong)
                .isSortedAccordingTo((one, other) -> Long.compare(other, one));
        shouldAddUp(json(path.replace("/statistics?", "/statistics/series?")), version, source, path);
        shouldAddUp(json(path.replace("/statistics?", "/statistics/by/source?")).path("columns"), table);
    }

    private static Instant time(JsonNode table, String bound) {
        return table.has(bound) ? Instant.parse(table.path(bound).asText()) : null;
    }

    private static Map<String, String> said(JsonNode table) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("decided", table.path("decided").asText());
        said.put("undecided", table.path("undecided").asText() + " " + share(table.path("undecidedShare")));
        said.put("unjudged", table.path("unjudged").asText());
        said.put("usage", tokens(table.path("usage")));
        Map<String, Long> models = new TreeMap<>();
        table.path("models")
                .properties()
                .forEach(model -> models.put(model.getKey(), model.getValue().asLong()));
        said.put("models", models.toString());
        said.put("agreement", table.has("agreement") ? number(table.path("agreement")) : "none");
        table.path("rows").forEach(row -> {
            List<String> examples = new ArrayList<>();
            row.path("examples")
                    .forEach(example -> examples.add(example.path("noteId").asText() + "|"
                            + example.path("source").asText() + "|"
                            + example.path("quote").asText()));
            said.put(
                    "category " + row.path("category").asText(),
                    row.path("count").asText() + " " + share(row) + " " + number(row.path("agreement")) + " "
                            + tokens(row.path("usage")) + " " + examples);
        });
        return said;
    }

    private static String share(JsonNode of) {
        return number(of.path("share")) + " " + number(of.at("/interval/low")) + " " + number(of.at("/interval/high"));
    }

    private static String tokens(JsonNode usage) {
        return List.of(
                        number(usage.path("prompt")),
                        number(usage.path("reasoning")),
                        number(usage.path("answer")),
                        number(usage.path("cached")))
                .toString();
    }

    private static String number(JsonNode value) {
        return AuditRecount.number(value.asDouble());
    }

    /** Points are whole hours or days, so they may hold more than the table; the series says from when to when. */
    private void shouldAddUp(JsonNode series, String version, String source, String path) {
        List<JsonNode> points = new ArrayList<>();
        series.path("points").forEach(points::add);
        if (series.has("older")) {
            points.add(series.path("older"));
        }
        long undecided = points.stream()
                .mapToLong(point -> point.path("undecided").asLong())
                .sum();
        Map<String, Long> categories = new TreeMap<>();
        points.forEach(point -> point.path("categories")
                .properties()
                .forEach(each -> categories.merge(each.getKey(), each.getValue().asLong(), Long::sum)));
        Instant from = path.contains("from=") ? time(series, "from") : null;
        Map<String, Long> expected = recount.labels(version, AuditRecount.of(source, from, time(series, "to")));
        assertThat(undecided).as("series of " + path).isEqualTo(expected.getOrDefault("~undecided", 0L));
        expected.remove("~undecided");
        assertThat(categories).as("series of " + path).isEqualTo(expected);
    }

    private static void shouldAddUp(JsonNode columns, JsonNode table) {
        long[] sums = new long[2];
        columns.forEach(column -> {
            sums[0] += column.path("decided").asLong();
            sums[1] += column.path("undecided").asLong();
        });
        assertThat(sums)
                .containsExactly(
                        table.path("decided").asLong(), table.path("undecided").asLong());
    }

    /** The list with its total, page by page. */
    void shouldList(String version, String source, String category) {
        String path = "/api/v1/notes?limit=100&taxonomy=" + version
                + (source == null ? "" : "&source=" + encoded(source))
                + (category == null ? "" : "&category=" + encoded(category));
        Set<String> expected = recount.ids(version, source, category);
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json(path + cursor);
            assertThat(page.path("total").asLong()).as(path).isEqualTo(expected.size());
            assertThat(page.path("totalExact").asBoolean()).as(path).isTrue();
            page.path("notes").forEach(note -> ids.add(note.path("noteId").asText()));
            cursor = page.has("cursor")
                    ? "&cursor=" + encoded(page.path("cursor").asText())
                    : "";
        } while (!cursor.isEmpty());
        assertThat(ids).as(path).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(ids)).as(path).isEqualTo(new TreeSet<>(expected));
    }

    void shouldTell(String id) {
        Known known = recount.notes().get(id);
        JsonNode detail = json("/api/v1/notes/" + encoded(id));

        assertThat(detail.path("noteId").asText()).isEqualTo(id);
        assertThat(detail.path("source").asText()).isEqualTo(known.seen() ? known.source() : "");
        Map<String, String> labels = new TreeMap<>();
        detail.path("labels")
                .forEach(label -> labels.put(
                        label.at("/taxonomy/id").asText() + "@"
                                + label.at("/taxonomy/version").asText(),
                        label.path("category").asText() + " "
                                + label.path("verdict").asText() + " "
                                + label.path("reviewer").asText()));
        Map<String, String> expected = new TreeMap<>();
        known.labels.forEach((version, label) -> expected.put(
                version,
                (label.category() == null ? "" : label.category()) + " "
                        + (label.verdict == null
                                ? ""
                                : label.verdict.path("category").asText())
                        + " " + (label.review == null ? "" : "ada")));
        assertThat(labels).as(id).isEqualTo(expected);
        List<String> history = new ArrayList<>();
        detail.path("history")
                .forEach(each -> history.add(each.path("type").asText() + " "
                        + each.path("partition").asText() + "@"
                        + each.path("offset").asText()));
        assertThat(history)
                .as(id)
                .isEqualTo(known.history.stream()
                        .map(place -> place.type() + " " + place.partition() + "@" + place.offset())
                        .toList());
        assertThat(detail.at("/event/eventId").asText()).as(id).isEqualTo(shown(known));
    }

    /** Under the console's version the latest verdict, else the latest failure; without these, under the other one. */
    private static String shown(Known known) {
        for (int version : new int[] {RandomHistory.V1.version(), RandomHistory.V2.version()}) {
            for (String type : List.of("classified", "unclassifiable")) {
                for (Place place : known.history.reversed()) {
                    JsonNode event = place.event();
                    JsonNode judged = event.has("verdict") ? event.path("verdict") : event;
                    if (place.type().equals(type)
                            && judged.at("/taxonomy/version").asInt() == version) {
                        return event.path("eventId").asText();
                    }
                }
            }
        }
        return "";
    }
}
