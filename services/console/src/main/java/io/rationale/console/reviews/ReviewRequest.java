package io.rationale.console.reviews;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.console.api.ProblemException;
import io.rationale.core.review.Selection;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a person says about a note's label.
 *
 * @param category  the label
 * @param reason    why, or null
 * @param reviewer  who
 * @param taxonomy  the version that the category belongs to, or null for the active one
 * @param selection how the note came before the person
 * @param seen      the label that the person saw; nothing when that is not told
 */
record ReviewRequest(
        String category,
        String reason,
        String reviewer,
        TaxonomyRef taxonomy,
        Selection selection,
        Optional<Seen> seen) {
    static final int LONGEST_REASON = 2_000;
    static final int LONGEST_REVIEWER = 200;
    private static final int LONGEST_NAME = 1_000;
    private static final Pattern TAXONOMY = Pattern.compile("(.+)@([1-9]\\d{0,8})");

    /** @param category null for an undecided note */
    record Seen(String category) {}

    /** @throws ProblemException 422 that names the field that is wrong */
    static ReviewRequest of(JsonNode body) {
        if (!body.isObject()) {
            throw ProblemException.of(422, "The body is a JSON object with category and reviewer.");
        }
        return new ReviewRequest(
                required(body, "category", LONGEST_NAME),
                optional(body, "reason", LONGEST_REASON),
                required(body, "reviewer", LONGEST_REVIEWER),
                taxonomy(optional(body, "taxonomy", LONGEST_NAME)),
                selection(optional(body, "selection", LONGEST_NAME)),
                body.has("seen") ? Optional.of(new Seen(optional(body, "seen", LONGEST_NAME))) : Optional.empty());
    }

    private static String required(JsonNode body, String field, int longest) {
        String value = optional(body, field, longest);
        if (value == null) {
            throw refused(field, "The field " + field + " is missing or blank.");
        }
        return value;
    }

    /** Without the spaces around it; null when it is not there or blank. */
    private static String optional(JsonNode body, String field, int longest) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw refused(field, "The field " + field + " is a text.");
        }
        String text = paired(value.textValue()).strip();
        if (text.codePointCount(0, text.length()) > longest) {
            throw refused(field, "The field " + field + " has at most " + longest + " characters.");
        }
        return text.isEmpty() ? null : text;
    }

    /** The same without halves of surrogate pairs, which UTF-8 cannot hold. */
    private static String paired(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static TaxonomyRef taxonomy(String given) {
        if (given == null) {
            return null;
        }
        Matcher ref = TAXONOMY.matcher(given);
        if (!ref.matches()) {
            throw refused("taxonomy", "The taxonomy is named by id and version: rag-failures@1 for example.");
        }
        return new TaxonomyRef(ref.group(1), Integer.parseInt(ref.group(2)));
    }

    private static Selection selection(String given) {
        return given == null
                ? Selection.CHOSEN
                : Selection.of(given)
                        .orElseThrow(() -> refused(
                                "selection",
                                "The selection is one of "
                                        + Arrays.stream(Selection.values())
                                                .map(Selection::code)
                                                .collect(Collectors.joining(", "))
                                        + "."));
    }

    static ProblemException refused(String field, String detail) {
        return ProblemException.of(422, detail).with("field", field);
    }
}
