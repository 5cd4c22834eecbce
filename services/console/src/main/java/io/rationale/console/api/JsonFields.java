package io.rationale.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the fields of a JSON object, and refuses what is wrong with one by 422 and the field's name. */
public final class JsonFields {
    /** Longest name of a person. */
    public static final int LONGEST_NAME = 200;

    private static final int MOST_BYTES = 1024 * 1024;
    private static final int LONGEST_REF = 1_000;
    private static final Pattern TAXONOMY = Pattern.compile("(.+)@([1-9]\\d{0,8})");

    private final JsonNode body;

    private JsonFields(JsonNode body) {
        this.body = body;
    }

    /**
     * The fields of a request's body.
     *
     * @throws ProblemException 413 when it is too large, 400 when it is no JSON, 422 when it is no object
     */
    public static JsonFields of(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw ProblemException.of(413, "The body has at most " + MOST_BYTES + " bytes.");
        }
        try {
            JsonNode read = Json.mapper().readTree(bytes);
            if (!read.isObject()) {
                throw ProblemException.of(422, "The body is a JSON object.");
            }
            return new JsonFields(read);
        } catch (JsonProcessingException e) {
            throw ProblemException.badRequest("The body is not the JSON that is expected here.");
        }
    }

    /** Who does it. */
    public String by() {
        return required("by", LONGEST_NAME);
    }

    /** A text that must be there, without the spaces around it. @param longest in characters */
    public String required(String field, int longest) {
        String value = optional(field, longest);
        if (value == null) {
            throw refused(field, "The field " + field + " is missing or blank.");
        }
        return value;
    }

    /** A text without the spaces around it; null when it is not there or blank. @param longest in characters */
    public String optional(String field, int longest) {
        JsonNode value = body.path(field);
        return value.isMissingNode() || value.isNull() ? null : text(field, value, longest);
    }

    private static String text(String field, JsonNode value, int longest) {
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

    /** Different texts, sorted; none when the field is not there. */
    public List<String> texts(String field, int most, int longest) {
        JsonNode values = body.path(field);
        if (values.isMissingNode() || values.isNull()) {
            return List.of();
        }
        if (!values.isArray() || values.size() > most) {
            throw refused(field, "The field " + field + " is a list of at most " + most + " texts.");
        }
        TreeSet<String> texts = new TreeSet<>();
        for (JsonNode value : values) {
            String text = text(field, value, longest);
            if (text == null) {
                throw refused(field, "A text of the field " + field + " is blank.");
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** A time, or null when the field is not there. */
    public Instant time(String field) {
        String given = optional(field, LONGEST_NAME);
        try {
            return given == null ? null : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeParseException e) {
            throw refused(field, field + " is a time of RFC 3339, 2026-10-01T10:00:00Z for example.");
        }
    }

    /** A version, or null when the field is not there. */
    public TaxonomyRef taxonomy(String field) {
        String given = optional(field, LONGEST_REF);
        if (given == null) {
            return null;
        }
        Matcher ref = TAXONOMY.matcher(given);
        if (!ref.matches()) {
            throw refused(field, "The taxonomy is named by id and version: rag-failures@1 for example.");
        }
        return new TaxonomyRef(ref.group(1), Integer.parseInt(ref.group(2)));
    }

    /** A refusal that names the field. @param detail a sentence that says what to change */
    public static ProblemException refused(String field, String detail) {
        return ProblemException.of(422, detail).with("field", field);
    }
}
