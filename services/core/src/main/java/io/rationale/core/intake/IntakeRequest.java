package io.rationale.core.intake;

import java.time.Instant;
import java.util.Objects;

/**
 * A request with an idempotency key that was carried out: the value of the intake-requests topic, under the key's
 * SHA-256.
 *
 * @param version     of the schema
 * @param fingerprint SHA-256 of everything that makes the request what it is
 * @param at          when it was carried out
 * @param answer      what it was answered
 */
public record IntakeRequest(int version, String fingerprint, Instant at, IntakeAnswer answer) {
    /** Version of the schema that this code writes. */
    public static final int SCHEMA_VERSION = 1;

    public IntakeRequest {
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(answer, "answer");
    }
}
