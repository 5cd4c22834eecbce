package io.rationale.core.intake;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.Note;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.note.NoteIds;
import io.rationale.core.note.NoteRejection;
import io.rationale.core.note.NoteRejection.Reason;
import java.util.function.Consumer;

/**
 * Gives every entry its id or key and hands it on. Ids and keys depend on source, content and occurrence only, so that
 * reading the same file again gives the same. One per read; not thread safe.
 */
final class EntryEmitter {
    private final IntakeOptions options;
    private final String fileName;
    private final String defaultSource;
    private final TextEncoding encoding;
    private final Consumer<IntakeEntry> entries;
    private final OccurrenceCounter notes = new OccurrenceCounter();
    private final OccurrenceCounter rejects = new OccurrenceCounter();

    EntryEmitter(
            IntakeOptions options,
            String fileName,
            String defaultSource,
            TextEncoding encoding,
            Consumer<IntakeEntry> entries) {
        this.options = options;
        this.fileName = fileName;
        this.defaultSource = defaultSource;
        this.encoding = encoding;
        this.entries = entries;
    }

    /** The source of a note that names none. */
    String defaultSource() {
        return options.source() != null ? options.source() : defaultSource;
    }

    /** The source that a file stands for: its name without folders. */
    static String sourceOf(String fileName) {
        if (fileName.equals("-")) {
            return "stdin";
        }
        String base = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        return base.isBlank() ? "stdin" : base;
    }

    /** @param id the id that could be read, or null */
    void emit(NoteDecoder.Result result, String id, RawRecord raw) {
        switch (result) {
            case NoteDecoder.Result.Accepted accepted -> accept(accepted.note(), accepted.idGiven(), raw);
            case NoteDecoder.Result.Rejected rejected -> reject(rejected.rejection(), id, raw);
        }
    }

    /** @param id the id that could be read, or null */
    void reject(NoteRejection rejection, String id, RawRecord raw) {
        Bytes original = original(raw);
        String key = id != null ? id : keyOf(original);
        entries.accept(new IntakeEntry.Rejected(new DeadLetter(
                key,
                original,
                rejection.reason().code(),
                rejection.message(),
                rejection.field(),
                new DeadLetter.Origin.File(fileName, raw.line()))));
    }

    /** Rejects a record that is no text. @return whether it did */
    boolean rejectedAsWrongEncoding(RawRecord raw) {
        byte[] bytes = raw.bytes().toArray();
        int fault = TextEncoding.faultIn(bytes);
        if (fault >= 0) {
            reject(new NoteRejection(Reason.WRONG_ENCODING, null, describe(bytes, fault, raw.offset())), null, raw);
        }
        return fault >= 0;
    }

    /** A sentence about the byte of a record that is no text. */
    String describe(byte[] utf8Form, int fault, long recordOffset) {
        int at = 0;
        for (int i = 0; i < fault; i++) {
            at += encoding.width(utf8Form[i]);
        }
        byte[] real = encoding.restore(utf8Form);
        int value = real[Math.min(at, real.length - 1)] & 0xFF;
        return String.format(
                "byte 0x%02X at offset %d of the file (from 0) is not valid %s: save the file as UTF-8",
                value, recordOffset + at, encoding.label());
    }

    /** Rejects a record that could not be taken apart; bytes that are no text are the more telling fault. */
    void emitFault(RawRecord raw, NoteRejection rejection) {
        if (!rejectedAsWrongEncoding(raw)) {
            reject(rejection, null, raw);
        }
    }

    /** Rejects a line of which only the beginning was kept. */
    void rejectTooLong(Line line, int maxBytes) {
        String message =
                "the line has " + line.length() + " bytes, the limit is " + maxBytes + ": shorten it or split it";
        reject(new NoteRejection(Reason.TOO_LONG, null, message), null, line.raw());
    }

    private void accept(Note note, boolean idGiven, RawRecord raw) {
        Note sourced =
                options.source() == null ? note : options.decoder().redactor().note(note.withSource(options.source()));
        Note named =
                idGiven ? sourced : sourced.withId(NoteIds.inFile(sourced, notes.next(NoteIds.contentOf(sourced))));
        entries.accept(new IntakeEntry.Accepted(named, idGiven, original(raw), raw.line()));
    }

    private Bytes original(RawRecord raw) {
        return encoding == TextEncoding.UTF_8
                ? raw.bytes()
                : Bytes.of(encoding.restore(raw.bytes().toArray()));
    }

    private String keyOf(Bytes original) {
        String content = defaultSource() + '\n' + original.base64();
        return "reject-" + NoteIds.hash(content + '\n' + rejects.next(content));
    }
}
