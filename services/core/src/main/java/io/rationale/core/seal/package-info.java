/** The chain of hashes over the audit: what makes a changed, removed or inserted record show. */
package io.rationale.core.seal;
