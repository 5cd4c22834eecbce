package io.rationale.classifier.r1;

import io.rationale.core.r1.ChatCompletion;
import io.rationale.core.r1.ModelOutcome;
import java.time.Duration;
import java.util.Optional;

/** What an HTTP status other than 200 means. */
final class HttpFailures {
    private HttpFailures() {}

    static ModelOutcome of(int status, String message, Optional<Duration> retryAfter) {
        if (status < 500 && status != 429 && ChatCompletion.saysContextExceeded(message)) {
            return new ModelOutcome.ContextExceeded(message);
        }
        if (status == 408 || status == 429 || status >= 500) {
            return new ModelOutcome.Overloaded(status, message, retryAfter);
        }
        return new ModelOutcome.Refused(status, message);
    }
}
