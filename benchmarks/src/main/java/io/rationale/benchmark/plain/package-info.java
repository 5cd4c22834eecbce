/** The loop that one would write by hand, for comparison. */
package io.rationale.benchmark.plain;
