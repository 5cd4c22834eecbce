/** The processes of a run: broker, R1, classifier, and what lies between them. */
package io.rationale.benchmark.stack;
