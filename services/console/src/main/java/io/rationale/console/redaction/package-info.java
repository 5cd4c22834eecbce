/** What the console takes out of notes and of what people write. */
package io.rationale.console.redaction;
