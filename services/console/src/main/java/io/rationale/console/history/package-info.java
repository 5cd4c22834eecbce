/** What taxonomy changes did to the counts, and what remedies did to the notes. */
package io.rationale.console.history;
