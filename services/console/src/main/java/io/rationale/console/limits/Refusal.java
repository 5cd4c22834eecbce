package io.rationale.console.limits;

import io.rationale.console.access.AccessGate;
import io.rationale.console.api.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/** Refuses a request on the event loop, before the API has it. */
final class Refusal {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private Refusal() {}

    /** Too much was asked. @param wait nanoseconds until it is worth asking again */
    static void tooMany(RoutingContext at, String detail, long wait) {
        comeBack(at, Problem.of(429, detail), Math.max(1, (wait + SECOND - 1) / SECOND));
    }

    /** There is no room now. */
    static void unavailable(RoutingContext at, String detail, int seconds) {
        comeBack(at, Problem.of(503, detail), seconds);
    }

    private static void comeBack(RoutingContext at, Problem problem, long seconds) {
        at.response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        AccessGate.answer(at, problem);
    }

    /** The body is not waited for any longer. */
    static void tooSlow(RoutingContext at, String detail) {
        if (!at.response().headWritten() && !at.response().closed()) {
            at.response().putHeader(HttpHeaders.CONNECTION, "close");
            AccessGate.answer(at, Problem.of(408, detail));
        }
    }
}
