package io.rationale.core.reclassification;

import io.rationale.core.audit.CloudEvents;
import io.rationale.core.note.Note;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.Map;

/**
 * What stands in the headers of a note that is to be judged again. The record's value is the note as it was judged, its
 * timestamp the one with which the note first came.
 */
public final class ReclassificationNote {
    private static final String TYPE = "io.rationale.note.reclassified.v1";

    private ReclassificationNote() {}

    /** The headers, in a fixed order. */
    public static Map<String, String> headers(String job, TaxonomyRef taxonomy, Note note, String source, Instant at) {
        Map<String, String> headers = CloudEvents.headers(job + '/' + note.id(), source, TYPE, note.id(), at);
        headers.put(CloudEvents.TAXONOMY, taxonomy.toString());
        headers.put(CloudEvents.RECLASSIFICATION, job);
        return headers;
    }
}
