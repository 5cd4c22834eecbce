package io.rationale.console.reviews;

import io.rationale.console.search.IndexedNote;
import io.rationale.console.search.Position;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reviews that were just written, until the index holds them: a second person who answers within that moment is told of
 * the first one's. Thread safe.
 */
final class RecentReviews {
    private final Map<Key, Recent> latest;

    private record Key(String noteId, TaxonomyRef taxonomy) {}

    /** A label, who gave it, and where. */
    record Recent(String category, String reviewer, Position at) {}

    /** @param most notes that are remembered; beyond, the oldest are forgotten */
    RecentReviews(int most) {
        this.latest = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Recent> eldest) {
                return size() > most;
            }
        };
    }

    synchronized void add(String noteId, TaxonomyRef taxonomy, Recent review) {
        Key key = new Key(noteId, taxonomy);
        latest.remove(key);
        latest.put(key, review);
    }

    /** The latest review of that note that the index does not hold. */
    synchronized Optional<Recent> notIn(IndexedNote note, TaxonomyRef taxonomy) {
        Key key = new Key(note.noteId(), taxonomy);
        Recent review = latest.get(key);
        if (review != null && note.holds(review.at())) {
            latest.remove(key);
            return Optional.empty();
        }
        return Optional.ofNullable(review);
    }
}
