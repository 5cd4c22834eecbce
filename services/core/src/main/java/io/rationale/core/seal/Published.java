package io.rationale.core.seal;

import java.util.Objects;

/**
 * What the published statistics said of one partition of the audit when a link was sealed, over all time: a later recount
 * of the audit up to the same offset must come to the same.
 *
 * @param counted offset of the audit before which everything was counted, and nothing from it on
 * @param notes   known notes
 * @param digest  SHA-256 over the counts in the form of {@link PublishedDigest}; hex
 */
public record Published(long counted, long notes, String digest) {
    public Published {
        Objects.requireNonNull(digest, "digest");
    }
}
