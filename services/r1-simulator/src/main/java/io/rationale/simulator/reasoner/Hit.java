package io.rationale.simulator.reasoner;

/**
 * A place in a clause that speaks for a category.
 *
 * @param category position in the list of categories
 * @param key      what was found there; the same find twice in a note counts once
 * @param weight   how much it speaks for the category
 * @param start    where it begins in the clause
 * @param end      where it ends there, exclusive
 */
record Hit(int category, String key, double weight, int start, int end) {}
