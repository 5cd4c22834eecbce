package io.rationale.simulator.reasoner;

/**
 * A word of a text.
 *
 * @param stem    lower-cased, accents folded, endings taken off; equal stems are the same word to the reasoner
 * @param content whether it is more than a stop word
 * @param start   where it begins in the text it was read from
 * @param end     where it ends there, exclusive
 */
record Word(String stem, boolean content, int start, int end) {}
