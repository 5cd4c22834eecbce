package io.rationale.console.intake;

import io.rationale.core.intake.IntakeEntry;
import io.rationale.core.intake.IntakeOptions;
import io.rationale.core.intake.NoteFileReader;
import io.rationale.core.intake.UnreadableInputException;
import io.rationale.core.note.Note;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.note.NoteRejection.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Reads the notes of a body by the rules of the command line. Thread safe. */
final class NoteReader {
    private final NoteDecoder decoder;

    /** @param decoder the limits of a note */
    NoteReader(NoteDecoder decoder) {
        this.decoder = decoder;
    }

    /** Takes the notes of a body one by one, with the record that each was. */
    @FunctionalInterface
    interface Notes {
        void take(Note note, int record);
    }

    /**
     * Reads a body to its end and counts.
     *
     * @param ids   makes the id of a note that has none, from its record's number
     * @param notes takes each note once
     * @throws UnreadableInputException when the body as a whole is no input
     */
    void read(NotesBody about, InputStream body, IntakeTally tally, IntFunction<String> ids, Notes notes)
            throws IOException, UnreadableInputException {
        IntakeOptions options =
                new IntakeOptions(about.format(), about.textColumn(), about.idColumn(), about.source(), decoder);
        GivenIds given = new GivenIds();
        Consumer<IntakeEntry> entries = entry -> {
            int record = tally.nextRecord();
            switch (entry) {
                case IntakeEntry.Rejected no -> tally.rejected(no.deadLetter());
                case IntakeEntry.Accepted yes when yes.idGiven() -> named(yes, given.add(yes.note()), tally, notes);
                case IntakeEntry.Accepted yes -> {
                    Note note = yes.note().withId(ids.apply(record));
                    tally.accepted(yes.line(), note.id());
                    notes.take(note, record);
                }
            }
        };
        new NoteFileReader(options).read(body, about.name(), about.defaultSource(), entries);
    }

    private static void named(IntakeEntry.Accepted entry, GivenIds.Kind kind, IntakeTally tally, Notes notes) {
        switch (kind) {
            case NEW -> {
                tally.accepted(entry.line(), entry.note().id());
                notes.take(entry.note(), tally.record());
            }
            case AGAIN -> tally.acceptedAgain(entry.line(), entry.note().id());
            case OTHER_TEXT ->
                tally.rejected(
                        entry.line(),
                        "id",
                        Reason.DUPLICATE_ID.code(),
                        "The id belongs to a note with another text already; if it does not name notes, give another"
                                + " column with the parameter idColumn, or an empty name to make ids.");
        }
    }
}
