package io.rationale.console.statistics;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Counts an audit plainly: looks at each note's whole history, and knows nothing of changes or buckets. */
final class Recount {
    private final Map<String, Note> notes = new HashMap<>();
    private final Map<String, Map<TaxonomyRef, List<AuditEvent>>> decisions = new HashMap<>();

    Recount(List<AuditEvent> history) {
        for (AuditEvent event : history) {
            switch (event) {
                case AuditEvent.Classified c -> notes.put(event.noteId(), c.note());
                case AuditEvent.Unclassifiable u -> notes.put(event.noteId(), u.note());
                case AuditEvent.Reviewed r -> {}
                case AuditEvent.Erased e -> {}
            }
            decisions
                    .computeIfAbsent(event.noteId(), id -> new HashMap<>())
                    .computeIfAbsent(event.taxonomyRef(), t -> new ArrayList<>())
                    .add(event);
        }
    }

    /** What came out for some notes under one version; undecided notes stand under the empty category. */
    record Result(Map<String, Long> notes, Map<String, Double> tokens, long unjudged) {}

    Result of(TaxonomyRef taxonomy, Predicate<Note> counted) {
        Map<String, Long> found = new TreeMap<>();
        Map<String, Double> tokens = new TreeMap<>();
        long[] unjudged = new long[1];
        notes.forEach((id, note) -> {
            if (!counted.test(note)) {
                return;
            }
            List<AuditEvent> events = decisions.get(id).get(taxonomy);
            if (events == null) {
                unjudged[0]++;
                return;
            }
            found.merge(category(events), 1L, Long::sum);
            tokens.merge(
                    category(events),
                    events.stream().mapToDouble(e -> usage(e).total()).sum(),
                    Double::sum);
        });
        return new Result(found, tokens, unjudged[0]);
    }

    /** Notes of a time, from inclusive and to exclusive; null is no bound. */
    static Predicate<Note> within(Instant from, Instant to) {
        return note -> (from == null || !note.observedAt().isBefore(from))
                && (to == null || note.observedAt().isBefore(to));
    }

    private static Usage usage(AuditEvent event) {
        return switch (event) {
            case AuditEvent.Classified c -> c.verdict().usage();
            case AuditEvent.Unclassifiable u -> u.usage();
            case AuditEvent.Reviewed r -> Usage.NONE;
            case AuditEvent.Erased e -> Usage.NONE;
        };
    }

    /** The latest review, else the latest verdict, else nothing. */
    private static String category(List<AuditEvent> events) {
        String review = null;
        String verdict = "";
        for (AuditEvent event : events) {
            switch (event) {
                case AuditEvent.Reviewed r -> review = r.newCategory();
                case AuditEvent.Classified c -> verdict = c.verdict().category();
                case AuditEvent.Unclassifiable u -> {}
                case AuditEvent.Erased e -> {}
            }
        }
        return review != null ? review : verdict;
    }
}
