/** Seals the audit: a chain of hashes beside it, so that whatever is changed later shows. */
package io.rationale.console.seal;
