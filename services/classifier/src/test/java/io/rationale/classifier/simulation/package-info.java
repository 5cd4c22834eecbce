/** The classifier's loop over millions of notes on a virtual clock: its own ledger, accumulator and limits, no threads. */
package io.rationale.classifier.simulation;
