/** The HTTP API that the page reads: JSON only, because notes are untrusted. */
package io.rationale.console.api;
