/**
 * Classifier and console in one process with an embedded broker, and the command line. {@code command}: what a user
 * types; {@code node}: the process that runs; {@code data}: the data directory; {@code imports}: files into the notes
 * topic, once.
 */
package io.rationale.local;
