/**
 * The index of the notes that every replica builds for itself from the whole audit: lists, full text, one note, key
 * examples, reports and exports are answered from it, so that any replica answers everything.
 */
package io.rationale.console.search;
