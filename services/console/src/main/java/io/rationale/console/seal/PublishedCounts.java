package io.rationale.console.seal;

import io.rationale.core.seal.Published;

/** What the statistics say of a partition of the audit, for its links. */
@FunctionalInterface
interface PublishedCounts {
    /** Nothing is known. */
    PublishedCounts UNKNOWN = partition -> null;

    /** What they say now, or null while they are counting. */
    Published of(int partition);
}
