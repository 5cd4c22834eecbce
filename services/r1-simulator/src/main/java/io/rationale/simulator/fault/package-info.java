/** What goes wrong, how often, and how a model's output looks then. */
package io.rationale.simulator.fault;
