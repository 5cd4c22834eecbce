package io.rationale.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON object that somebody sent, read field by field; what is wrong is refused with 422 and the field's name, dotted
 * where it stands in another one.
 */
public final class JsonBody {
    /** Most characters of the name of a person. */
    public static final int LONGEST_NAME = 200;

    private static final Pattern TAXONOMY = Pattern.compile("(.+)@([1-9]\\d{0,8})");

    private final JsonNode json;
    private final String prefix;

    private JsonBody(JsonNode json, String prefix) {
        this.json = json;
        this.prefix = prefix;
    }

    /**
     * What stands in the body of a request.
     *
     * @param mostBytes longer ones are refused
     * @throws ProblemException 413 when it is longer, 422 when it is no JSON object
     * @throws IOException      when it is no JSON, which is answered by 400, or cannot be read
     */
    public static JsonBody read(InputStream body, int mostBytes) throws IOException {
        byte[] bytes = body.readNBytes(mostBytes + 1);
        if (bytes.length > mostBytes) {
            throw ProblemException.of(413, "The body has at most " + mostBytes + " bytes.");
        }
        JsonNode json = Json.mapper().readTree(bytes);
        if (!json.isObject()) {
            throw ProblemException.of(422, "The body is a JSON object.");
        }
        return new JsonBody(json, "");
    }

    /**
     * The same, sent by somebody who is known.
     *
     * @param name of the sender; nothing where nobody is asked who comes
     * @throws ProblemException 422 when it names somebody else in {@code by}
     */
    public JsonBody signed(Optional<String> name) {
        return new JsonBody(signed(json, "by", name), prefix);
    }

    /**
     * A body in whose field stands the name of its sender, who may leave it out.
     *
     * @param field in which people name themselves where nobody is asked who comes
     * @param name  of the sender; nothing where nobody is asked who comes
     * @throws ProblemException 422 when it names somebody else
     */
    public static JsonNode signed(JsonNode body, String field, Optional<String> name) {
        if (name.isEmpty() || !body.isObject()) {
            return body;
        }
        JsonNode told = body.path(field);
        boolean isOther = !isAbsent(told) && !(told.isTextual() && isNobodyElse(told.textValue(), name.get()));
        if (isOther) {
            throw refusal(
                    field,
                    "You are signed in as " + name.get() + ", and that is the name that is kept: leave the field "
                            + field + " out.");
        }
        return ((ObjectNode) body.deepCopy()).put(field, name.get());
    }

    private static boolean isNobodyElse(String told, String name) {
        return told.isBlank() || told.strip().equals(name);
    }

    /** A refusal that names the field. @param field as it stands in this object */
    public ProblemException refused(String field, String detail) {
        return refusal(named(field), detail);
    }

    /** The same of a field that was read before. @param field with the fields that it stands in */
    public static ProblemException refusal(String field, String detail) {
        return ProblemException.of(422, detail).with("field", field);
    }

    /** The name of that field, with the fields that it stands in. */
    public String named(String field) {
        return prefix + field;
    }

    /** Who asks. */
    public String by() {
        return required("by", LONGEST_NAME);
    }

    /** Whether the field stands there, null or not. */
    public boolean has(String field) {
        return json.has(field);
    }

    /** A text without the spaces around it. */
    public String required(String field, int longest) {
        String value = text(field, longest);
        if (value == null) {
            throw refused(field, "The field " + named(field) + " is missing or blank.");
        }
        return value;
    }

    /** A text without the spaces around it; null when it is not there or blank. */
    public String text(String field, int longest) {
        JsonNode value = json.path(field);
        return isAbsent(value) ? null : text(value, field, longest);
    }

    private String text(JsonNode value, String field, int longest) {
        if (!value.isTextual()) {
            throw refused(field, "The field " + named(field) + " is a text.");
        }
        String text = paired(value.textValue()).strip();
        if (text.codePointCount(0, text.length()) > longest) {
            throw refused(field, "The field " + named(field) + " has at most " + longest + " characters.");
        }
        return text.isEmpty() ? null : text;
    }

    /** The same without halves of surrogate pairs, which UTF-8 cannot hold. */
    private static String paired(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Texts, of which none is blank; none when the field is not there. */
    public List<String> texts(String field, int most, int longest) {
        JsonNode values = json.path(field);
        if (isAbsent(values)) {
            return List.of();
        }
        if (!values.isArray() || values.size() > most) {
            throw refused(field, "The field " + named(field) + " is a list of at most " + most + " texts.");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values) {
            String text = text(value, field, longest);
            if (text == null) {
                throw refused(field, "The field " + named(field) + " holds a blank text.");
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** A whole number. @param otherwise when it is not there */
    public int number(String field, int least, int most, int otherwise) {
        JsonNode value = json.path(field);
        if (isAbsent(value)) {
            return otherwise;
        }
        if (!value.canConvertToExactIntegral()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw refused(
                    field, "The field " + named(field) + " is a whole number from " + least + " to " + most + ".");
        }
        return value.intValue();
    }

    /** A whole number of 64 bits. @param otherwise when it is not there */
    public long wide(String field, long otherwise) {
        JsonNode value = json.path(field);
        if (isAbsent(value)) {
            return otherwise;
        }
        if (!value.canConvertToExactIntegral() || !value.canConvertToLong()) {
            throw refused(field, "The field " + named(field) + " is a whole number.");
        }
        return value.longValue();
    }

    /** A share from 0 to 1; null when it is not there. */
    public Double share(String field) {
        JsonNode value = json.path(field);
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= 1)) {
            throw refused(field, "The field " + named(field) + " is a number from 0 to 1.");
        }
        return value.doubleValue();
    }

    /** A version, as {@code id@version}; null when it is not there. */
    public TaxonomyRef taxonomy(String field) {
        String given = text(field, 1_000);
        if (given == null) {
            return null;
        }
        Matcher ref = TAXONOMY.matcher(given);
        if (!ref.matches()) {
            throw refused(field, "The taxonomy is named by id and version: rag-failures@1 for example.");
        }
        return new TaxonomyRef(ref.group(1), Integer.parseInt(ref.group(2)));
    }

    /** A time; null when it is not there. */
    public Instant time(String field) {
        String given = text(field, 1_000);
        try {
            return given == null ? null : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeParseException e) {
            throw refused(field, named(field) + " is a time of RFC 3339, 2026-10-01T10:00:00Z for example.");
        }
    }

    /** One of these. */
    public String oneOf(String field, Set<String> possible) {
        String given = required(field, 1_000);
        if (!possible.contains(given)) {
            throw refused(field, "The field " + named(field) + " is one of " + String.join(", ", possible) + ".")
                    .with("possible", List.copyOf(possible));
        }
        return given;
    }

    /** The object in that field. */
    public JsonBody object(String field) {
        JsonNode value = json.path(field);
        if (!value.isObject()) {
            throw refused(field, "The field " + named(field) + " is an object.");
        }
        return new JsonBody(value, named(field) + ".");
    }

    /** The objects in that field. */
    public List<JsonBody> objects(String field, int most) {
        JsonNode values = json.path(field);
        if (!values.isArray() || values.size() > most) {
            throw refused(field, "The field " + named(field) + " is a list of at most " + most + " objects.");
        }
        List<JsonBody> objects = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isObject()) {
                throw refused(field, "The field " + named(field) + " holds what is no object.");
            }
            objects.add(new JsonBody(values.get(i), named(field) + "[" + i + "]."));
        }
        return List.copyOf(objects);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
