/** A fold over the audit: each note's current label, and from it how many notes carry which label. */
package io.rationale.console.statistics;
