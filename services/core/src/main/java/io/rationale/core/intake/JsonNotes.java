package io.rationale.core.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.intake.CsvColumns.Role;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.note.NoteRejection;
import io.rationale.core.note.NoteRejection.Reason;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Makes notes of JSON values. */
final class JsonNotes {
    private static final String UNNAMED = "-";

    private final IntakeOptions options;
    private final EntryEmitter emitter;

    JsonNotes(IntakeOptions options, EntryEmitter emitter) {
        this.options = options;
        this.emitter = emitter;
    }

    /** One value: a note or a rejection. */
    void emit(RawRecord raw) {
        if (emitter.rejectedAsWrongEncoding(raw)) {
            return;
        }
        ObjectNode object = objectIn(raw.bytes());
        boolean renamed = object != null && rename(object);
        Bytes json = renamed ? Bytes.of(Json.bytes(object)) : raw.bytes();
        NoteDecoder.Result result = options.decoder().decode(json, UNNAMED, emitter.defaultSource());
        emitter.emit(inSendersWords(result), idOf(object), raw);
    }

    /** Moves the fields that were asked for to where a note has them. @return whether anything changed */
    private boolean rename(ObjectNode object) {
        boolean changed = false;
        if (options.textColumn() != null && !options.textColumn().equals("text")) {
            move(object, options.textColumn(), "text");
            changed = true;
        }
        if (options.ignoresIds()) {
            object.remove("id");
            changed = true;
        } else if (options.idColumn() != null && !options.idColumn().equals("id")) {
            move(object, options.idColumn(), "id");
            changed = true;
        }
        if (options.textColumn() == null) {
            changed |= adopt(object, Role.TEXT, Integer.MAX_VALUE);
        }
        if (options.idColumn() == null) {
            changed |= adopt(object, Role.ID, Integer.MAX_VALUE);
        }
        // By other names than its own, written with underscores or capitals, a time could be anybody's.
        return changed | adopt(object, Role.OBSERVED_AT, 0) | adopt(object, Role.TRACE_ID, 0);
    }

    /** Where the note's own field is missing, takes the one with the best other name. @return whether there was one */
    private static boolean adopt(ObjectNode object, Role role, int worstRank) {
        if (object.hasNonNull(role.field())) {
            return false;
        }
        Optional<String> name = object.propertyStream()
                .filter(property -> property.getValue().isValueNode()
                        && !property.getValue().isNull())
                .map(Map.Entry::getKey)
                .filter(key -> role.rank(key).isPresent() && role.rank(key).getAsInt() <= worstRank)
                .min(Comparator.comparingInt(key -> role.rank(key).getAsInt()));
        name.ifPresent(key -> object.set(role.field(), object.get(key)));
        return name.isPresent();
    }

    private static void move(ObjectNode object, String from, String to) {
        JsonNode value = object.get(from);
        if (value == null) {
            object.remove(to);
        } else {
            object.set(to, value);
        }
    }

    private NoteDecoder.Result inSendersWords(NoteDecoder.Result result) {
        if (options.textColumn() != null
                && result instanceof NoteDecoder.Result.Rejected rejected
                && rejected.rejection().reason() == Reason.BLANK_TEXT) {
            String field = options.textColumn();
            return new NoteDecoder.Result.Rejected(
                    new NoteRejection(Reason.BLANK_TEXT, field, "field '" + field + "' is missing or blank"));
        }
        return result;
    }

    private static String idOf(ObjectNode object) {
        JsonNode id = object == null ? null : object.get("id");
        return id == null || !id.isValueNode() || id.isNull() || id.asText().isBlank() ? null : id.asText();
    }

    private static ObjectNode objectIn(Bytes json) {
        try {
            return OneValue.READER.readTree(json.toArray()) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }
}
