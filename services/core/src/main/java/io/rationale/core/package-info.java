/**
 * Plain Java: what a note, a taxonomy, a verdict and a statistic are, and every decision that needs neither Kafka nor
 * Quarkus. The sub-packages follow the flow: {@code note} (with {@code intake}), {@code batch}, {@code prompt},
 * {@code r1}, {@code verdict}, {@code audit}, {@code ledger}, {@code statistics}, {@code review}.
 */
package io.rationale.core;
