package io.rationale.classifier.r1.http;

import io.rationale.core.json.Bytes;
import io.rationale.core.r1.ModelOutcome.Timer;
import java.time.Duration;

/**
 * What came over HTTP, however it ended.
 *
 * @param status       0 where no response came
 * @param server       the header of that name, or null
 * @param retryAfter   what the header of that name asks for, or null
 * @param body         as received; in a refusal without the secrets that it may repeat
 * @param ending       how the body ended
 * @param message      what broke it, or null
 * @param expired      the timer that ran out, or null
 * @param firstPayload from sending to the first words, or null where none came
 */
record HttpAnswer(
        int status,
        String server,
        Duration retryAfter,
        Bytes body,
        Ending ending,
        String message,
        Timer expired,
        Duration firstPayload) {

    enum Ending {
        /** By the server, or because all that matters was read. */
        WHOLE,
        /** By us: the reader wanted no more. */
        STOPPED,
        /** By us: more bytes than any completion has. */
        TOO_LARGE,
        /** A timer ran out. */
        EXPIRED,
        /** No connection, or it broke. */
        BROKEN
    }
}
