/** What a prompt asks for: the categories and the notes that stand in it. */
package io.rationale.simulator.prompt;
