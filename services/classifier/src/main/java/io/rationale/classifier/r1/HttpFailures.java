package io.rationale.classifier.r1;

import io.rationale.core.r1.ChatCompletion;
import io.rationale.core.r1.ModelOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What an HTTP status other than 200 means. Only what can be the notes' fault may give them up; a redirect, an unpaid
 * bill (402) or a wrong method is the operator's to mend, and the notes wait.
 */
final class HttpFailures {
    private static final Set<Integer> ABOUT_THE_REQUEST = Set.of(400, 401, 403, 404, 413, 414, 415, 422);

    private HttpFailures() {}

    static ModelOutcome of(int status, String message, Optional<Duration> retryAfter) {
        if (status < 500 && status != 429 && ChatCompletion.saysContextExceeded(message)) {
            return new ModelOutcome.ContextExceeded(message, OptionalInt.empty(), OptionalInt.empty());
        }
        return ABOUT_THE_REQUEST.contains(status)
                ? new ModelOutcome.Refused(status, message)
                : new ModelOutcome.Overloaded(status, message, retryAfter);
    }
}
