package io.rationale.benchmark.replicas;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts the audit plainly from its JSON, with nothing of the console's own code: each note's whole history is kept and
 * looked at. Records of a note come in their order.
 */
final class AuditRecount {
    private static final List<String> SUREST_FIRST = List.of("high", "medium", "unstated", "low");
    private static final int EXAMPLES = 3;

    private final Map<String, Known> notes = new TreeMap<>();

    /** One record. */
    record Place(int partition, long offset, JsonNode event) {
        String type() {
            return event.path("type").asText();
        }
    }

    /** One note. */
    static final class Known {
        final List<Place> history = new ArrayList<>();
        final Map<String, Label> labels = new TreeMap<>();
        JsonNode note;
        Instant time;

        boolean seen() {
            return note != null;
        }

        String source() {
            return note.path("source").asText();
        }
    }

    /** What stands about a note under a version. */
    static final class Label {
        JsonNode verdict;
        JsonNode review;
        String quote;
        final double[] tokens = new double[4];

        /** Null for undecided. */
        String category() {
            return review != null
                    ? review.path("newCategory").asText()
                    : verdict == null ? null : verdict.path("category").asText();
        }

        String shown() {
            return category() == null ? "~undecided" : category();
        }

        double agreement() {
            return verdict != null ? verdict.path("agreement").asDouble() : review != null ? 1 : 0;
        }
    }

    void add(int partition, long offset, JsonNode event) {
        boolean reviewed = event.path("type").asText().equals("reviewed");
        String id =
                reviewed ? event.path("noteId").asText() : event.at("/note/id").asText();
        Known known = notes.computeIfAbsent(id, any -> new Known());
        known.history.add(new Place(partition, offset, event));
        JsonNode verdict = event.get("verdict");
        JsonNode taxonomy = (verdict == null ? event : verdict).path("taxonomy");
        Label label = known.labels.computeIfAbsent(
                taxonomy.path("id").asText() + "@" + taxonomy.path("version").asText(), any -> new Label());
        if (reviewed) {
            label.review = event;
            return;
        }
        known.note = event.path("note");
        known.time = Instant.parse(
                (known.note.has("observedAt") ? known.note.path("observedAt") : event.at("/position/timestamp"))
                        .asText());
        JsonNode usage = (verdict == null ? event : verdict).path("usage");
        List<String> kinds = List.of("prompt", "reasoning", "answer", "cached");
        for (int i = 0; i < 4; i++) {
            label.tokens[i] += usage.path(kinds.get(i)).asDouble();
        }
        if (verdict != null) {
            label.verdict = verdict;
            label.quote = verbatim(known.note, verdict);
        }
    }

    private static String verbatim(JsonNode note, JsonNode verdict) {
        for (JsonNode evidence : verdict.path("evidence")) {
            String quote = evidence.path("quote").asText();
            if (!quote.isBlank() && note.path("text").asText().contains(quote)) {
                return quote;
            }
        }
        return null;
    }

    Map<String, Known> notes() {
        return notes;
    }

    /** Notes that were judged or failed, from inclusive and to exclusive; null for no bound. */
    static Predicate<Known> of(String source, Instant from, Instant to) {
        return note -> note.seen()
                && (source == null || note.source().equals(source))
                && (from == null || !note.time.isBefore(from))
                && (to == null || note.time.isBefore(to));
    }

    /** What a table should say, as text; categories and their order of frequency are compared apart. */
    Map<String, String> table(String version, Predicate<Known> counted) {
        List<Map.Entry<String, Known>> in = notes.entrySet().stream()
                .filter(e -> counted.test(e.getValue()))
                .toList();
        List<Map.Entry<String, Known>> judged = in.stream()
                .filter(e -> e.getValue().labels.containsKey(version))
                .toList();
        Map<String, List<Map.Entry<String, Known>>> byCategory = judged.stream()
                .filter(e -> e.getValue().labels.get(version).category() != null)
                .collect(Collectors.groupingBy(
                        e -> e.getValue().labels.get(version).category()));
        long decided = byCategory.values().stream().mapToLong(List::size).sum();
        long undecided = judged.size() - decided;
        Map<String, String> table = new LinkedHashMap<>();
        table.put("decided", decided + "");
        table.put("undecided", undecided + " " + share(undecided, decided + undecided));
        table.put("unjudged", (in.size() - judged.size()) + "");
        table.put("usage", tokens(judged, version));
        Map<String, Long> models = new TreeMap<>();
        byCategory
                .values()
                .forEach(same -> same.forEach(e -> {
                    JsonNode verdict = e.getValue().labels.get(version).verdict;
                    if (verdict != null) {
                        models.merge(verdict.at("/provenance/model").asText(), 1L, Long::sum);
                    }
                }));
        table.put("models", models.toString());
        table.put(
                "agreement",
                mean(byCategory.values().stream().flatMap(List::stream).toList(), version));
        byCategory.forEach((category, same) -> table.put(
                "category " + category,
                same.size() + " " + share(same.size(), decided) + " " + mean(same, version) + " "
                        + tokens(same, version) + " " + examples(same, version)));
        return table;
    }

    private static String mean(List<Map.Entry<String, Known>> of, String version) {
        double sum = of.stream()
                .mapToDouble(e -> e.getValue().labels.get(version).agreement())
                .sum();
        return of.isEmpty() ? "none" : number(sum / of.size());
    }

    private static String tokens(List<Map.Entry<String, Known>> of, String version) {
        double[] sums = new double[4];
        for (Map.Entry<String, Known> each : of) {
            for (int i = 0; i < 4; i++) {
                sums[i] += each.getValue().labels.get(version).tokens[i];
            }
        }
        return Stream.of(sums[0], sums[1], sums[2], sums[3])
                .map(AuditRecount::number)
                .toList()
                .toString();
    }

    /** Share and Wilson's interval, in the form of a quadratic equation. */
    static String share(long count, long total) {
        double p = total == 0 ? 0 : (double) count / total;
        if (total == 0) {
            return number(p) + " " + number(0) + " " + number(1);
        }
        double z = 1.959963984540054;
        double n = total;
        double root = z * Math.sqrt(z * z + 4 * n * p * (1 - p));
        double low = (2 * n * p + z * z - root) / (2 * (n + z * z));
        double high = (2 * n * p + z * z + root) / (2 * (n + z * z));
        return number(p) + " " + number(Math.max(0, low)) + " " + number(Math.min(1, high));
    }

    /** Nine digits: what two ways of computing agree on. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.9f", value + 0.0);
    }

    private static List<String> examples(List<Map.Entry<String, Known>> same, String version) {
        List<Map.Entry<String, Known>> ranked = same.stream()
                .filter(e -> e.getValue().labels.get(version).quote != null)
                .sorted(Comparator.<Map.Entry<String, Known>>comparingDouble(
                                e -> -e.getValue().labels.get(version).agreement())
                        .thenComparing(e -> SUREST_FIRST.indexOf(e.getValue()
                                .labels
                                .get(version)
                                .verdict
                                .path("confidence")
                                .asText()))
                        .thenComparing(Map.Entry::getKey))
                .toList();
        Set<String> said = new HashSet<>();
        List<Integer> taken = new ArrayList<>();
        List<Integer> alike = new ArrayList<>();
        for (int i = 0; i < ranked.size() && taken.size() < EXAMPLES; i++) {
            String quote = ranked.get(i).getValue().labels.get(version).quote;
            if (!said.add(quote.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))) {
                continue;
            }
            boolean repeats = taken.stream()
                    .anyMatch(other ->
                            inCommon(quote, ranked.get(other).getValue().labels.get(version).quote) >= 0.5);
            (repeats ? alike : taken).add(i);
        }
        for (int i = 0; i < alike.size() && taken.size() < EXAMPLES; i++) {
            taken.add(alike.get(i));
        }
        return taken.stream()
                .sorted()
                .map(ranked::get)
                .map(e -> e.getKey() + "|" + e.getValue().source() + "|"
                        + e.getValue().labels.get(version).quote)
                .toList();
    }

    private static double inCommon(String one, String other) {
        Set<String> both = words(one);
        Set<String> all = words(one);
        both.retainAll(words(other));
        all.addAll(words(other));
        return all.isEmpty() ? 0 : (double) both.size() / all.size();
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
        words.remove("");
        return words;
    }

    /** Notes by label. */
    Map<String, Long> labels(String version, Predicate<Known> counted) {
        return notes.values().stream()
                .filter(counted)
                .map(note -> note.labels.get(version))
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Label::shown, TreeMap::new, Collectors.counting()));
    }

    /** Ids of the notes of a list: those that were seen and have any label, or none found, under the version. */
    Set<String> ids(String version, String source, String category) {
        Map<String, Known> found = new HashMap<>(notes);
        found.values().removeIf(note -> {
            Label label = note.labels.get(version);
            return label == null
                    || !note.seen()
                    || (source != null && !note.source().equals(source))
                    || (category != null && !category.equals(label.shown()));
        });
        return found.keySet();
    }
}
