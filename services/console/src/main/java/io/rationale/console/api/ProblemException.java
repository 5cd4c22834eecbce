package io.rationale.console.api;

import java.util.OptionalInt;

/** A request that is answered by a {@link Problem}. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final int retryAfterSeconds;

    private ProblemException(Problem problem, int retryAfterSeconds) {
        super(problem.detail());
        this.problem = problem;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** @param detail a sentence that says what to change */
    public static ProblemException of(int status, String detail) {
        return new ProblemException(Problem.of(status, detail), 0);
    }

    public static ProblemException badRequest(String detail) {
        return of(400, detail);
    }

    public static ProblemException notFound(String detail) {
        return of(404, detail);
    }

    /** The same with a further member of the problem. */
    public ProblemException with(String name, Object value) {
        return new ProblemException(problem.with(name, value), retryAfterSeconds);
    }

    /** The same with a header that says when to try again. */
    public ProblemException retryAfter(int seconds) {
        return new ProblemException(problem, seconds);
    }

    /** What is answered. */
    public Problem problem() {
        return problem;
    }

    OptionalInt retryAfterSeconds() {
        return retryAfterSeconds > 0 ? OptionalInt.of(retryAfterSeconds) : OptionalInt.empty();
    }
}
