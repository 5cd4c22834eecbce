package io.rationale.core.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.intake.CsvColumns.Role;
import io.rationale.core.json.Json;
import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.note.NoteRejection;
import io.rationale.core.note.NoteRejection.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes notes of CSV rows under one header. */
final class CsvNotes {
    private final CsvColumns columns;
    private final IntakeOptions options;
    private final EntryEmitter emitter;

    CsvNotes(CsvColumns columns, IntakeOptions options, EntryEmitter emitter) {
        this.columns = columns;
        this.options = options;
        this.emitter = emitter;
    }

    /** One row: a note or a rejection. */
    void emit(RawRecord raw, List<String> values) {
        if (!emitter.rejectedAsWrongEncoding(raw)) {
            String id = options.ignoresIds() ? null : stripped(values, Role.ID);
            emitter.emit(decode(values, id), id, raw);
        }
    }

    private NoteDecoder.Result decode(List<String> values, String id) {
        String text = value(values, Role.TEXT);
        if (text == null) {
            String field = columns.name(columns.column(Role.TEXT));
            return rejected(Reason.BLANK_TEXT, field, "field '" + field + "' is missing or blank");
        }
        String time = stripped(values, Role.OBSERVED_AT);
        Optional<Instant> observedAt = time == null ? Optional.empty() : Times.parse(time);
        String timeColumn = time == null ? null : columns.name(columns.column(Role.OBSERVED_AT));
        boolean notATime = time != null && observedAt.isEmpty();
        if (notATime && CsvColumns.normal(timeColumn).equals("observedat")) {
            return rejected(
                    Reason.NOT_A_NOTE,
                    timeColumn,
                    "field '" + timeColumn + "' is not an ISO 8601 time such as 2026-11-22T09:30:00Z");
        }
        Map<String, String> labels = labels(values);
        if (notATime) {
            labels.put(timeColumn, time);
        }
        return options.decoder().check(note(values, id, text, observedAt.orElse(null), labels), id != null);
    }

    private Note note(List<String> values, String id, String text, Instant observedAt, Map<String, String> labels) {
        String source = stripped(values, Role.SOURCE);
        return new Note(
                id == null ? "-" : id,
                text,
                source == null ? emitter.defaultSource() : source,
                observedAt,
                value(values, Role.QUESTION),
                value(values, Role.ANSWER),
                value(values, Role.EXPECTED),
                contexts(value(values, Role.CONTEXTS)),
                labels,
                stripped(values, Role.TRACE_ID));
    }

    private Map<String, String> labels(List<String> values) {
        Map<String, String> labels = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (columns.isLabel(i) && !values.get(i).isBlank()) {
                labels.put(columns.name(i), values.get(i));
            }
        }
        return labels;
    }

    /** A JSON array of objects or strings; anything else is the text of the only context. */
    private static List<Context> contexts(String value) {
        if (value == null) {
            return List.of();
        }
        try {
            JsonNode json = OneValue.READER.readTree(value);
            if (json != null && json.isArray()) {
                List<Context> contexts = new ArrayList<>();
                for (JsonNode element : json) {
                    contexts.add(
                            element.isObject()
                                    ? Json.mapper().treeToValue(element, Context.class)
                                    : new Context(null, null, null, element.asText()));
                }
                return contexts;
            }
        } catch (JsonProcessingException e) {
            // Prose may well begin with a bracket: "[1] Handbook, page 7".
        }
        return List.of(new Context(null, null, null, value));
    }

    private String stripped(List<String> values, Role role) {
        String value = value(values, role);
        return value == null ? null : value.strip();
    }

    /** The value as it stands there, or null when it is missing or blank. */
    private String value(List<String> values, Role role) {
        int column = columns.column(role);
        return column < 0 || column >= values.size() || values.get(column).isBlank() ? null : values.get(column);
    }

    private static NoteDecoder.Result rejected(Reason reason, String field, String message) {
        return new NoteDecoder.Result.Rejected(new NoteRejection(reason, field, message));
    }
}
