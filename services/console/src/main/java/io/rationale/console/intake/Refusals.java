package io.rationale.console.intake;

import io.rationale.console.api.ProblemException;
import io.rationale.core.intake.IntakeAnswer;

/** What is said when notes are not taken. */
final class Refusals {
    private Refusals() {}

    static ProblemException nothingAccepted(IntakeAnswer answer) {
        String detail = answer.rejected() == 0
                ? "There is no note in the body."
                : "Nothing in the body is an acceptable note; errors says what to mend.";
        return withAnswer(ProblemException.of(422, detail), answer);
    }

    /** @param taken what was read and written before the limit was met */
    static ProblemException tooLarge(BodyTooLargeException e, IntakeTally taken) {
        if (taken.isNothingAccepted()) {
            return ProblemException.of(413, e.getMessage());
        }
        ProblemException problem = ProblemException.of(
                413, e.getMessage() + " The notes of acceptedRecords were accepted; send only the others again.");
        return withAnswer(problem, taken.answer()).with("acceptedRecords", taken.acceptedRecords());
    }

    /** The problem with everything that an answer tells. */
    static ProblemException withAnswer(ProblemException problem, IntakeAnswer answer) {
        return problem.with("accepted", answer.accepted())
                .with("rejected", answer.rejected())
                .with("notes", answer.notes())
                .with("errors", answer.errors());
    }
}
