/** Notes and how they come. */
package io.rationale.benchmark.load;
