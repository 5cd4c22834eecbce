package io.rationale.console.intake;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.intake.IntakeAnswer;
import io.rationale.core.intake.IntakeAnswer.Fault;
import io.rationale.core.intake.IntakeAnswer.Taken;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Counts what becomes of a request's records and lists the first of each kind. Not thread safe. */
final class IntakeTally {
    /** Notes, and errors, that an answer lists at the most. */
    static final int MOST_LISTED = 1_000;

    /** Ids are the senders' and may be long: the lists take no more after so many characters. */
    private static final int MOST_CHARS = 512 * 1024;

    private final List<Taken> notes = new ArrayList<>();
    private final List<Fault> errors = new ArrayList<>();
    private final BitSet acceptedRecords = new BitSet();
    private long accepted;
    private long rejected;
    private int chars;
    private int records;

    /** Begins the next record. @return which it is, from 1 */
    int nextRecord() {
        return ++records;
    }

    /** The record that was begun last. */
    int record() {
        return records;
    }

    /** The record is a note. */
    void accepted(long line, String id) {
        acceptedRecords.set(records);
        acceptedAgain(line, id);
    }

    /** The record is a note that came before in the same body. */
    void acceptedAgain(long line, String id) {
        accepted++;
        if (notes.size() < MOST_LISTED && hasRoom(id.length())) {
            notes.add(new Taken(records, line, id));
        }
    }

    void rejected(DeadLetter letter) {
        long line = letter.origin() instanceof DeadLetter.Origin.File at ? at.line() : 1;
        rejected(line, letter.field(), letter.reason(), inWordsOfHttp(letter.cause()));
    }

    void rejected(long line, String field, String reason, String message) {
        rejected++;
        if (errors.size() < MOST_LISTED && hasRoom(message.length())) {
            errors.add(new Fault(records, line, field, reason, message));
        }
    }

    private boolean hasRoom(int more) {
        chars += more;
        return chars <= MOST_CHARS;
    }

    /** What the command line calls by its options has parameters here. */
    static String inWordsOfHttp(String message) {
        return message.replace("--text-column", "the parameter textColumn")
                .replace("--id-column", "the parameter idColumn");
    }

    boolean isNothingAccepted() {
        return accepted == 0;
    }

    /** How things stand. */
    IntakeAnswer answer() {
        return new IntakeAnswer(accepted, rejected, notes, errors);
    }

    /** How things stand when some of the accepted records were not written. */
    IntakeAnswer answerWithout(BitSet unwritten) {
        acceptedRecords.andNot(unwritten);
        notes.removeIf(note -> !acceptedRecords.get(note.record()));
        return new IntakeAnswer(acceptedRecords.cardinality(), rejected, notes, errors);
    }

    /** A stretch of records of the body, both ends included, from 1. */
    record Records(int from, int to) {}

    /** Exactly the accepted records, without those that came again. */
    List<Records> acceptedRecords() {
        List<Records> stretches = new ArrayList<>();
        for (int from = acceptedRecords.nextSetBit(0); from >= 0; ) {
            int to = acceptedRecords.nextClearBit(from) - 1;
            stretches.add(new Records(from, to));
            from = acceptedRecords.nextSetBit(to + 1);
        }
        return stretches;
    }
}
