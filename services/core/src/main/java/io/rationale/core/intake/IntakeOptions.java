package io.rationale.core.intake;

import io.rationale.core.note.NoteDecoder;
import io.rationale.core.redaction.Redactor;
import java.util.Objects;

/**
 * How a file of notes is to be read.
 *
 * @param format     its format, {@link InputFormat#AUTO} to find out
 * @param textColumn the CSV column or JSON field that holds the note, or null to find it
 * @param idColumn   the CSV column or JSON field that holds the id, null to find it, empty to ignore ids
 * @param source     the source of every note, or null for the note's own, else the file's name
 * @param decoder    the limits that every note is held to
 */
public record IntakeOptions(
        InputFormat format, String textColumn, String idColumn, String source, NoteDecoder decoder) {
    /** Everything is found out; default limits. */
    public static final IntakeOptions DEFAULT =
            new IntakeOptions(InputFormat.AUTO, null, null, null, NoteDecoder.DEFAULT);

    public IntakeOptions {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(decoder, "decoder");
        textColumn = textColumn == null || textColumn.isBlank() ? null : textColumn.strip();
        idColumn = idColumn == null ? null : idColumn.strip();
        source = source == null || source.isBlank() ? null : source.strip();
    }

    boolean ignoresIds() {
        return idColumn != null && idColumn.isEmpty();
    }

    /** The same options; personal data is taken out of every note. */
    public IntakeOptions redacting(Redactor redactor) {
        return new IntakeOptions(format, textColumn, idColumn, source, decoder.redacting(redactor));
    }

    /** The same options for a known format. */
    public IntakeOptions withFormat(InputFormat newFormat) {
        return new IntakeOptions(newFormat, textColumn, idColumn, source, decoder);
    }
}
