package io.rationale.console.statistics;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BiPredicate;
import org.apache.kafka.streams.KeyValue;

/**
 * The notes of a label, the most agreed first, then by id: scans of a key prefix, never of everything. Thread safe.
 * Only notes of partitions that this process holds are seen.
 */
public final class LabelledNotes {
    private static final int MOST_SCANNED = 10_000;

    private final NoteStores stores;

    public LabelledNotes(NoteStores stores) {
        this.stores = stores;
    }

    /**
     * One page of a list.
     *
     * @param notes  in order
     * @param cursor where the next page begins, or null after the last; a page may be short and still have one
     */
    public record Page(List<NoteSummary> notes, String cursor) {
        public Page {
            notes = List.copyOf(notes);
        }
    }

    /**
     * A page of the notes whose keys begin with {@code prefix}.
     *
     * @param prefix from {@link LabelledNoteKey}
     * @param query  sources and window
     * @param limit  most notes of the page
     * @param cursor of the page before, or null for the first
     * @throws IllegalArgumentException   when the cursor is none of that list
     * @throws StoresUnavailableException while the stores restore
     */
    public Page page(String prefix, TableQuery query, int limit, String cursor) {
        List<NoteSummary> found = new ArrayList<>();
        String[] last = new String[1];
        boolean more = scan(from(prefix, cursor), LabelledNoteKey.end(prefix), MOST_SCANNED, (key, note) -> {
            last[0] = key;
            if (query.covers(note.source(), note.observedAt())) {
                found.add(note);
            }
            return found.size() < limit;
        });
        return new Page(found, more ? encode(last[0]) : null);
    }

    /**
     * Shows the notes of a prefix in order until the visitor has seen enough.
     *
     * @param most    notes shown at most
     * @param visitor gets key and note, says whether it wants another one
     * @throws StoresUnavailableException while the stores restore
     */
    public void visit(String prefix, int most, BiPredicate<String, NoteSummary> visitor) {
        scan(prefix, LabelledNoteKey.end(prefix), most, visitor);
    }

    /** Whether something was left when it ended. */
    private boolean scan(String from, String to, int most, BiPredicate<String, NoteSummary> visitor) {
        return NoteStores.ask(() -> {
            try (OrderedScan<NoteSummary> scan = new OrderedScan<>(stores.labelledNotes(), from, to)) {
                boolean wanted = true;
                for (int seen = 0; wanted && seen < most && scan.hasNext(); seen++) {
                    KeyValue<String, NoteSummary> entry = scan.next();
                    wanted = visitor.test(entry.key, entry.value);
                }
                return scan.hasNext();
            }
        });
    }

    private static String from(String prefix, String cursor) {
        if (cursor == null) {
            return prefix;
        }
        String last = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        if (!last.startsWith(prefix)) {
            throw new IllegalArgumentException("The cursor belongs to another list.");
        }
        return LabelledNoteKey.after(last);
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
