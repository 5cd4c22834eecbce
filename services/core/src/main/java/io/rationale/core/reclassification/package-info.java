/** Judging notes again under another taxonomy version: what is asked for, what it will cost, and how it stands. */
package io.rationale.core.reclassification;
