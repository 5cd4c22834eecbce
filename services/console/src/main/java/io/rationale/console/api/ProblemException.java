package io.rationale.console.api;

/** A request that is answered by a {@link Problem}. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    private ProblemException(int status, String title, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(400, "Bad Request", detail);
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(404, "Not Found", detail);
    }

    Problem problem() {
        return Problem.of(status, title, getMessage());
    }
}
