package io.rationale.core.intake;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.note.Note;
import io.rationale.core.note.NoteDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a test read. */
record ReadResult(List<IntakeEntry> entries) {
    static ReadResult of(String fileName, String content) throws UnreadableInputException {
        return of(IntakeOptions.DEFAULT, fileName, content.getBytes(StandardCharsets.UTF_8));
    }

    static ReadResult of(IntakeOptions options, String fileName, String content) throws UnreadableInputException {
        return of(options, fileName, content.getBytes(StandardCharsets.UTF_8));
    }

    static ReadResult of(IntakeOptions options, String fileName, byte[] content) throws UnreadableInputException {
        return of(new NoteFileReader(options), fileName, content);
    }

    static ReadResult of(NoteFileReader reader, String fileName, byte[] content) throws UnreadableInputException {
        List<IntakeEntry> entries = new ArrayList<>();
        try {
            reader.read(new ByteArrayInputStream(content), fileName, entries::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ReadResult(entries);
    }

    static IntakeOptions options(String textColumn, String idColumn, String source) {
        return new IntakeOptions(InputFormat.AUTO, textColumn, idColumn, source, NoteDecoder.DEFAULT);
    }

    List<IntakeEntry.Accepted> accepted() {
        return entries.stream()
                .filter(IntakeEntry.Accepted.class::isInstance)
                .map(IntakeEntry.Accepted.class::cast)
                .toList();
    }

    List<Note> notes() {
        return accepted().stream().map(IntakeEntry.Accepted::note).toList();
    }

    List<String> texts() {
        return notes().stream().map(Note::text).toList();
    }

    List<DeadLetter> rejected() {
        return entries.stream()
                .filter(IntakeEntry.Rejected.class::isInstance)
                .map(entry -> ((IntakeEntry.Rejected) entry).deadLetter())
                .toList();
    }

    /** The only dead letter there is. */
    DeadLetter deadLetter() {
        if (rejected().size() != 1) {
            throw new AssertionError("expected one dead letter, not " + rejected());
        }
        return rejected().getFirst();
    }

    List<String> reasons() {
        return rejected().stream().map(DeadLetter::reason).toList();
    }

    static long lineOf(DeadLetter deadLetter) {
        return ((DeadLetter.Origin.File) deadLetter.origin()).line();
    }
}
