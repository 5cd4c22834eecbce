/**
 * Measures and torments the packaged classifier from outside, as a user would run it: {@code stack} (the processes),
 * {@code load} (notes), {@code plain} (what one would write by hand, for comparison), {@code check} (what was decided),
 * {@code scenario} (one class each).
 */
package io.rationale.benchmark;
