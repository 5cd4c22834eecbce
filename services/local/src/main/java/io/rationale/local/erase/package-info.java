/** Erases notes from a data directory, or from what a cluster keeps, and leaves what counts and the chain need. */
package io.rationale.local.erase;
