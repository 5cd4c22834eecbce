/** What a prompt asks for: the categories, notes and patterns that stand in it. */
package io.rationale.simulator.prompt;
