/** What can be run, one class each. */
package io.rationale.benchmark.scenario;
