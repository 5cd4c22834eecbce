/** The notes behind the counts: whole events, as they stand in the topics. */
package io.rationale.console.notes;
