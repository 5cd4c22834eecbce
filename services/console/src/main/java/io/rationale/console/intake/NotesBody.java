package io.rationale.console.intake;

import io.rationale.core.intake.InputFormat;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import java.util.Arrays;

/**
 * What is known of a body of notes before it is read.
 *
 * @param format        what it is
 * @param name          as messages name it
 * @param defaultSource the source of notes that name none
 * @param source        the source of all notes, or null
 * @param textColumn    the column or field that holds the note, or null
 * @param idColumn      the column or field that holds the id, null to find it, empty to ignore ids
 * @param traceparent   W3C trace context of the request, or null
 */
record NotesBody(
        InputFormat format,
        String name,
        String defaultSource,
        String source,
        String textColumn,
        String idColumn,
        String traceparent) {
    /** SHA-256 of everything that says which notes these are. */
    String fingerprint(String bodySha256) {
        return Bytes.sha256(
                Json.bytes(Arrays.asList(format.name(), defaultSource, source, textColumn, idColumn, bodySha256)));
    }
}
