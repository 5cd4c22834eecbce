package io.rationale.console.search;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.TotalHits;

/**
 * One page of a list.
 *
 * @param notes      in order
 * @param cursor     where the next page begins, or null after the last
 * @param total      notes of the whole list; when there are more than are counted, that many
 * @param totalExact whether {@code total} is the number, and not only the least
 */
public record NotePage(List<NoteSummary> notes, String cursor, long total, boolean totalExact) {
    public NotePage {
        notes = List.copyOf(notes);
    }

    /** A page in the making. */
    static final class Builder {
        private final List<NoteSummary> notes;

        Builder(int size) {
            notes = new ArrayList<>(size);
        }

        void add(NoteSummary note) {
            notes.add(note);
        }

        NotePage build(String cursor, TotalHits hits) {
            boolean exact = hits.relation() == TotalHits.Relation.EQUAL_TO;
            return new NotePage(notes, cursor, exact ? hits.value() : NoteSnapshot.MOST_COUNTED, exact);
        }
    }
}
