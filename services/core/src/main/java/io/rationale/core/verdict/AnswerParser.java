package io.rationale.core.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads R1's answer: tolerant in form, strict in contract. Only ids that were asked and labels of the closed set come
 * out; a note whose entry is missing, unreadable or contradictory does not, and is to be asked again. Thread safe.
 */
public final class AnswerParser {
    private static final int MAX_QUOTES = 5;

    private final Map<String, Category> labels;
    /** By id and name; a name that two categories share means none. */
    private final Map<String, String> labelsByFolded = new HashMap<>();

    public AnswerParser(Taxonomy taxonomy) {
        this.labels = taxonomy.labels();
        labels.values().forEach(category -> labelsByFolded.merge(folded(category.name()), category.id(), (a, b) -> ""));
        labels.keySet().forEach(id -> labelsByFolded.put(folded(id), id));
        labelsByFolded.remove("");
    }

    /**
     * Reads an answer about these notes.
     *
     * @param text  the content, or the tail of a thought that never closed
     * @param notes as they stood in the prompt
     * @return for each note that has an acceptable entry its position and that entry
     */
    public Map<Integer, ParsedAnswer> parse(String text, List<Note> notes) {
        Map<Integer, ParsedAnswer> answers = new LinkedHashMap<>();
        JsonValues.Found found = JsonValues.find(text);
        List<Map<Integer, Claim>> claims = claims(found.values(), notes.size());
        boolean isMixed = found.isDamaged() && notes.size() > 1;
        (isMixed ? undisputed(claims) : accepted(claims, notes.size())).forEach((position, claim) -> {
            if (claim.isAcceptable()) {
                answers.put(position, answer(claim, notes.get(position)));
            }
        });
        return answers;
    }

    /** What an entry says of a note; the label is empty when it is none, or when two entries differ. */
    private record Claim(JsonNode entry, String label) {
        boolean isAcceptable() {
            return !label.isEmpty();
        }

        Claim and(Claim other) {
            return label.equals(other.label) ? this : new Claim(entry, "");
        }
    }

    /** The category's name for people. */
    public String nameOf(String label) {
        return labels.get(label).name();
    }

    /**
     * The last value that speaks of every note, else the last that speaks of any: an answer forged inside a note is
     * quoted before the real one. Where anything comes after it, either may be the forged one: only what both say counts.
     */
    private static Map<Integer, Claim> accepted(List<Map<Integer, Claim>> values, int notes) {
        int chosen = values.size() - 1;
        for (int i = chosen; i >= 0; i--) {
            if (values.get(i).size() == notes) {
                chosen = i;
                break;
            }
        }
        Map<Integer, Claim> accepted = chosen < 0 ? Map.of() : values.get(chosen);
        for (Map<Integer, Claim> later : values.subList(chosen + 1, values.size())) {
            accepted.entrySet().removeIf(entry -> !agrees(later.get(entry.getKey()), entry.getValue()));
        }
        return accepted;
    }

    /**
     * In a damaged answer a quote cannot be told from an entry, and the quote may be of another note that forges one: a
     * note is decided only where all say the same.
     */
    private static Map<Integer, Claim> undisputed(List<Map<Integer, Claim>> values) {
        Map<Integer, Claim> undisputed = new LinkedHashMap<>();
        values.forEach(value -> value.forEach((position, claim) -> undisputed.merge(position, claim, Claim::and)));
        return undisputed;
    }

    private static boolean agrees(Claim one, Claim other) {
        return one != null && other != null && one.label().equals(other.label());
    }

    /** What each value says of the notes, in order, without values that say nothing; entries that stand alone are one. */
    private List<Map<Integer, Claim>> claims(List<JsonNode> values, int notes) {
        List<JsonNode> alone = values.stream().filter(AnswerParser::isEntry).toList();
        List<Map<Integer, Claim>> claims = new ArrayList<>();
        for (JsonNode value : values) {
            if (!isEntry(value)) {
                claims.add(claims(entriesOf(value), notes));
            } else if (value == alone.getLast()) {
                claims.add(claims(alone::iterator, notes));
            }
        }
        claims.removeIf(Map::isEmpty);
        return claims;
    }

    private Map<Integer, Claim> claims(Iterable<JsonNode> entries, int notes) {
        Map<Integer, Claim> claims = new LinkedHashMap<>();
        for (JsonNode entry : entries) {
            int position = position(entry, notes);
            if (position >= 0) {
                claims.merge(position, new Claim(entry, label(entry.get("category"))), Claim::and);
            }
        }
        return claims;
    }

    private static Iterable<JsonNode> entriesOf(JsonNode value) {
        return value.path("verdicts").isArray() ? value.get("verdicts") : value;
    }

    private static boolean isEntry(JsonNode value) {
        return value.isObject() && value.has("id") && value.has("category");
    }

    private static int position(JsonNode entry, int notes) {
        if (!isEntry(entry)) {
            return -1;
        }
        String id = entry.get("id").asText().strip().toLowerCase(Locale.ROOT);
        for (int i = 0; i < notes; i++) {
            String shortId = PromptBuilder.shortId(i);
            if (id.equals(shortId) || id.equals(shortId.substring(1))) {
                return i;
            }
        }
        return -1;
    }

    private ParsedAnswer answer(Claim claim, Note note) {
        JsonNode entry = claim.entry();
        List<String> quotes = quotes(entry.path("evidence"));
        List<Evidence> evidence = evidence(quotes, note);
        boolean quoteFound = !quotes.isEmpty() && evidence.size() == quotes.size();
        return new ParsedAnswer(
                claim.label(),
                secondary(entry, claim.label()),
                evidence.stream().distinct().toList(),
                quoteFound,
                !claim.label().equals(entry.get("category").asText("")),
                entry.path("rationale").asText(""),
                confidence(entry.path("confidence").asText("")));
    }

    /** The label of the closed set that is meant, or empty. */
    private String label(JsonNode given) {
        String label = given.asText("");
        return labels.containsKey(label) ? label : labelsByFolded.getOrDefault(folded(label), "");
    }

    private String secondary(JsonNode entry, String category) {
        String secondary = label(entry.path("secondary"));
        return secondary.isEmpty() || secondary.equals(category) ? null : secondary;
    }

    private static List<String> quotes(JsonNode evidence) {
        if (!evidence.isArray()) {
            return quote(evidence).stream().toList();
        }
        List<String> quotes = new ArrayList<>();
        evidence.elements().forEachRemaining(each -> quote(each).ifPresent(quotes::add));
        return quotes.subList(0, Math.min(MAX_QUOTES, quotes.size()));
    }

    private static Optional<String> quote(JsonNode evidence) {
        return Stream.of(evidence, evidence.path("quote"), evidence.path("text"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(quote -> !quote.isBlank())
                .findFirst();
    }

    private static List<Evidence> evidence(List<String> quotes, Note note) {
        QuoteFinder finder = new QuoteFinder(note);
        return quotes.stream().map(finder::find).flatMap(Optional::stream).toList();
    }

    private static Verdict.Confidence confidence(String given) {
        return switch (given.strip().toLowerCase(Locale.ROOT)) {
            case "high" -> Verdict.Confidence.HIGH;
            case "medium" -> Verdict.Confidence.MEDIUM;
            case "low" -> Verdict.Confidence.LOW;
            default -> Verdict.Confidence.UNSTATED;
        };
    }

    /** Case and punctuation do not make another label. */
    static String folded(String label) {
        StringBuilder folded = new StringBuilder(label.length());
        label.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (Character.isLetter(c) || isNumber(c)) {
                folded.appendCodePoint(c);
            } else if (!folded.isEmpty() && folded.charAt(folded.length() - 1) != ' ') {
                folded.append(' ');
            }
        });
        return folded.toString().stripTrailing();
    }

    /** Of any kind, superscripts and Roman numerals included. */
    private static boolean isNumber(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }
}
