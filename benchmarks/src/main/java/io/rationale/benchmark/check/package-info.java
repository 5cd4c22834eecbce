/** What was decided, and whether that is right. */
package io.rationale.benchmark.check;
