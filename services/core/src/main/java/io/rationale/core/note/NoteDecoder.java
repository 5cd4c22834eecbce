package io.rationale.core.note;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.note.NoteRejection.Reason;
import io.rationale.core.redaction.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * Makes notes of JSON, checks every note's limits and takes personal data out, wherever a note comes from. Thread safe.
 *
 * @param maxTextBytes  the largest text in UTF-8 bytes
 * @param maxNoteBytes  the largest note in all, as JSON in UTF-8 bytes
 * @param redactor      takes personal data out of what is accepted
 * @param refusesKeys   whether notes are refused whose id, or whose labels' names, hold personal data: those are keys and
 *                      stay as they are
 */
public record NoteDecoder(int maxTextBytes, int maxNoteBytes, Redactor redactor, boolean refusesKeys) {
    /** A second value after the first is a fault: it would be lost without a word. */
    private static final ObjectReader ONE_VALUE =
            Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** One that leaves notes as they are. */
    public NoteDecoder(int maxTextBytes, int maxNoteBytes) {
        this(maxTextBytes, maxNoteBytes, Redactor.NONE, true);
    }

    /** 32 KiB of text, 512 KiB in all; notes stay as they are. */
    public static final NoteDecoder DEFAULT = new NoteDecoder(32 * 1024, 512 * 1024);

    /** RFC 3339 has four digits for a year. */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** Same limits, other text limit; the whole note may then be that much larger too. */
    public NoteDecoder withMaxTextBytes(int bytes) {
        return new NoteDecoder(bytes, Math.max(maxNoteBytes, bytes + 64 * 1024), redactor, refusesKeys);
    }

    /** Same limits; that one takes personal data out. */
    public NoteDecoder redacting(Redactor newRedactor) {
        return new NoteDecoder(maxTextBytes, maxNoteBytes, newRedactor, refusesKeys);
    }

    /** The same for notes that were accepted once already, whose keys are known everywhere. */
    public NoteDecoder takingKeys() {
        return new NoteDecoder(maxTextBytes, maxNoteBytes, redactor, false);
    }

    /** What became of an input: a note or the reason why it is none. */
    public sealed interface Result {
        /** An acceptable note; {@code idGiven} tells whether the sender named it. */
        record Accepted(Note note, boolean idGiven) implements Result {}

        /** No note. */
        record Rejected(NoteRejection rejection) implements Result {}
    }

    /**
     * Reads one JSON value: an object with the note's fields, or a string that is the text.
     *
     * @param defaultId     the id of a note that brings none
     * @param defaultSource the source of a note that names none
     */
    public Result decode(Bytes json, String defaultId, String defaultSource) {
        if (json.strictUtf8().isEmpty()) {
            return rejected(Reason.WRONG_ENCODING, null, "the note is not valid UTF-8");
        }
        try {
            return decode(ONE_VALUE.readTree(json.toArray()), defaultId, defaultSource);
        } catch (JsonProcessingException e) {
            return rejected(Reason.NOT_JSON, null, "not valid JSON" + placeOf(e));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }

    private Result decode(JsonNode json, String defaultId, String defaultSource) {
        ObjectNode object;
        if (json instanceof ObjectNode given) {
            object = given;
        } else if (json instanceof TextNode text) {
            object = Json.mapper().createObjectNode().put("text", text.textValue());
        } else {
            return rejected(Reason.NOT_A_NOTE, null, "a note is a JSON object or a string");
        }
        boolean idGiven = isGiven(object, "id");
        if (!idGiven) {
            object.put("id", defaultId);
        }
        if (!isGiven(object, "source")) {
            object.put("source", defaultSource);
        }
        if (!isGiven(object, "text")) {
            return rejected(Reason.BLANK_TEXT, "text", "field 'text' is missing or blank");
        }
        try {
            return check(Json.mapper().treeToValue(object, Note.class), idGiven);
        } catch (JsonMappingException e) {
            // A label's name is the sender's.
            String field = redactor.text(fieldOf(e));
            String what = field.isEmpty() ? "the note" : "field '" + field + "'";
            return rejected(
                    Reason.NOT_A_NOTE, field.isEmpty() ? null : field, what + " does not have the form of the schema");
        } catch (JsonProcessingException e) {
            return rejected(Reason.NOT_A_NOTE, null, "not a note");
        }
    }

    /** Holds a note that was made in another way (from a CSV row, say) to the same rules. */
    public Result check(Note note, boolean idGiven) {
        Result result = checkLimits(note, idGiven);
        if (redactor.isOff() || !(result instanceof Result.Accepted)) {
            return result;
        }
        if (refusesKeys && idGiven && redactor.isInKey(note.id())) {
            return rejected(
                    Reason.PERSONAL_DATA,
                    "id",
                    "field 'id' holds personal data, and ids are kept as they are: name the note in another way");
        }
        if (refusesKeys && note.labels().keySet().stream().anyMatch(redactor::isInKey)) {
            return rejected(
                    Reason.PERSONAL_DATA,
                    "labels",
                    "a name in field 'labels' holds personal data, and names are kept as they are: put it into the value");
        }
        Note redacted = redactor.note(note);
        // What stands in its place may be longer, and whoever reads the note next has the same limits.
        return redacted == note ? result : checkLimits(redacted, idGiven);
    }

    private Result checkLimits(Note note, boolean idGiven) {
        int textBytes = note.text().getBytes(StandardCharsets.UTF_8).length;
        if (textBytes > maxTextBytes) {
            return rejected(
                    Reason.TOO_LONG,
                    "text",
                    "field 'text' has " + textBytes + " bytes, the limit is " + maxTextBytes
                            + " (rationale.note.max-text-bytes)");
        }
        if (!isWritable(note.observedAt())) {
            return rejected(
                    Reason.NOT_A_NOTE,
                    "observedAt",
                    "field 'observedAt' is outside the years 0 to 9999; a number counts seconds since 1970");
        }
        int noteBytes = Json.bytes(note).length;
        if (noteBytes > maxNoteBytes) {
            return rejected(
                    Reason.TOO_LONG, null, "the note has " + noteBytes + " bytes, the limit is " + maxNoteBytes);
        }
        return new Result.Accepted(note, idGiven);
    }

    private static boolean isWritable(Instant time) {
        return time == null || !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }

    private static boolean isGiven(ObjectNode object, String field) {
        JsonNode value = object.get(field);
        return value != null
                && !value.isNull()
                && !(value.isTextual() && value.textValue().isBlank());
    }

    private static String fieldOf(JsonMappingException e) {
        return e.getPath().stream()
                .map(reference ->
                        reference.getFieldName() != null ? reference.getFieldName() : "[" + reference.getIndex() + "]")
                .collect(Collectors.joining("."));
    }

    private static String placeOf(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
    }

    private static Result rejected(Reason reason, String field, String message) {
        return new Result.Rejected(new NoteRejection(reason, field, message));
    }
}
