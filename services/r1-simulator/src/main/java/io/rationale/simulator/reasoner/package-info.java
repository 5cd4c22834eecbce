/**
 * The lexical reasoner, in the order of its work: a note's text is cut into clauses and words; words and cues are hits
 * for categories; a judge adds them up; a narrator says it aloud.
 */
package io.rationale.simulator.reasoner;
