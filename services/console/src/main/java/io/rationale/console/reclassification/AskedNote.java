package io.rationale.console.reclassification;

import io.rationale.core.note.Note;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;

/**
 * A note that the classifiers are to judge again.
 *
 * @param job       for which
 * @param taxonomy  under which version
 * @param note      as it was judged
 * @param firstSeen Kafka's timestamp of the note when it came
 */
record AskedNote(String job, TaxonomyRef taxonomy, Note note, Instant firstSeen) {}
