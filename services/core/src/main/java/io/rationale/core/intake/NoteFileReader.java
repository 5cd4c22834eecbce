package io.rationale.core.intake;

import io.rationale.core.intake.CsvRecords.Found;
import io.rationale.core.note.Note;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Reads a file of notes as a stream: every record becomes a note or a dead letter with its original bytes, and the good
 * rest goes on. Memory is bounded by the longest record, not by the file, except for about 24 bytes per note that brings
 * no id. Immutable; each read is independent.
 */
public final class NoteFileReader {
    /** The longest line, and the longest JSON element, that is read: 4 MiB. */
    static final int DEFAULT_MAX_LINE_BYTES = 4 * 1024 * 1024;

    private final IntakeOptions options;
    private final int maxLineBytes;

    /** A reader with these options. */
    public NoteFileReader(IntakeOptions options) {
        this(options, DEFAULT_MAX_LINE_BYTES);
    }

    NoteFileReader(IntakeOptions options, int maxLineBytes) {
        this.options = Objects.requireNonNull(options, "options");
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * Reads to the end; does not close the stream.
     *
     * @param fileName the file as messages name it; its extension tells the format, its last part is the source of
     *     notes that name none; {@code -} for standard input
     * @param entries  takes every entry in file order, on the calling thread; what it throws ends the reading
     * @throws UnreadableInputException when the file as a whole is no input; no entry has been handed on then
     */
    public void read(InputStream in, String fileName, Consumer<IntakeEntry> entries)
            throws IOException, UnreadableInputException {
        read(in, fileName, EntryEmitter.sourceOf(fileName), entries);
    }

    /**
     * The same for what has no file's name.
     *
     * @param name          as messages name it
     * @param defaultSource the source of notes that name none, where the options name none either
     */
    public void read(InputStream in, String name, String defaultSource, Consumer<IntakeEntry> entries)
            throws IOException, UnreadableInputException {
        Input input = Input.open(in, name);
        readAll(input, name, new EntryEmitter(options, name, defaultSource, input.encoding(), entries));
    }

    private void readAll(Input input, String fileName, EntryEmitter emitter)
            throws IOException, UnreadableInputException {
        InputFormat format = options.format() == InputFormat.AUTO
                ? FormatSniffer.formatOf(fileName, input.head(), options.textColumn())
                : options.format();
        boolean any =
                switch (format) {
                    case CSV, TSV -> readCsv(input, format, fileName, emitter);
                    case JSON -> readJson(input, emitter);
                    case JSONL -> readLines(input, emitter, new JsonNotes(options, emitter)::emit);
                    case TEXT, AUTO -> readLines(input, emitter, raw -> emitText(raw, emitter));
                };
        if (!any) {
            throw new UnreadableInputException(fileName + " is empty: there is nothing but white space in it.");
        }
    }

    private boolean readLines(Input input, EntryEmitter emitter, Consumer<RawRecord> records) throws IOException {
        LineReader lines = lines(input);
        boolean any = false;
        for (Line line = lines.next(); line != null; line = lines.next()) {
            if (line.cut()) {
                emitter.rejectTooLong(line, maxLineBytes);
            } else if (!line.isBlank()) {
                records.accept(line.raw());
            }
            any |= !line.isBlank();
        }
        return any;
    }

    private void emitText(RawRecord raw, EntryEmitter emitter) {
        if (!emitter.rejectedAsWrongEncoding(raw)) {
            Note note = Note.of("-", emitter.defaultSource(), raw.bytes().lenientUtf8());
            emitter.emit(options.decoder().check(note, false), null, raw);
        }
    }

    private boolean readJson(Input input, EntryEmitter emitter) throws IOException {
        return new JsonElements(
                        new ByteWindow(input.utf8Form(), input.encoding(), input.offset()),
                        maxLineBytes,
                        new JsonNotes(options, emitter)::emit,
                        emitter::emitFault)
                .readAll();
    }

    private boolean readCsv(Input input, InputFormat format, String fileName, EntryEmitter emitter)
            throws IOException, UnreadableInputException {
        CsvHeader header = CsvHeader.of(input.head(), format);
        CsvRecords records = new CsvRecords(
                lines(input),
                header.delimiter(),
                Math.multiplyExact(2, options.decoder().maxNoteBytes()));
        if (header.announced()) {
            records.next();
        }
        Found first = records.next();
        if (first == null) {
            return false;
        }
        CsvColumns columns = CsvColumns.of(columnNames(first, fileName, emitter), options, fileName);
        records.expect(columns);
        CsvNotes notes = new CsvNotes(columns, options, emitter);
        for (Found found = records.next(); found != null; found = records.next()) {
            switch (found) {
                case Found.Values record -> notes.emit(record.raw(), record.values());
                case Found.Fault fault -> emitter.emitFault(fault.raw(), fault.rejection());
                case Found.TooLong tooLong -> emitter.rejectTooLong(tooLong.line(), maxLineBytes);
            }
        }
        return true;
    }

    private static List<String> columnNames(Found header, String fileName, EntryEmitter emitter)
            throws UnreadableInputException {
        return switch (header) {
            case Found.Values record -> {
                byte[] bytes = record.raw().bytes().toArray();
                int fault = TextEncoding.faultIn(bytes);
                if (fault >= 0) {
                    throw new UnreadableInputException(fileName + ": the header cannot be read: "
                            + emitter.describe(bytes, fault, record.raw().offset()) + ".");
                }
                yield record.values();
            }
            case Found.Fault fault ->
                throw new UnreadableInputException(fileName + ": the header cannot be read: "
                        + fault.rejection().message() + ".");
            case Found.TooLong tooLong ->
                throw new UnreadableInputException(fileName + ": the header has "
                        + tooLong.line().length() + " bytes: the first line of a CSV file names its columns.");
        };
    }

    private LineReader lines(Input input) {
        return new LineReader(input.utf8Form(), input.encoding(), input.offset(), maxLineBytes);
    }
}
