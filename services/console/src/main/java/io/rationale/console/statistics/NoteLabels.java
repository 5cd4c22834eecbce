package io.rationale.console.statistics;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.SourcePosition;
import io.rationale.core.note.Note;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that is decided about one note: the value of the store {@code listed-notes}. An event makes a new value.
 *
 * @param noteId     the note
 * @param source     where it comes from; null while only reviews of it were seen, which count from then on
 * @param observedAt when the failure was seen, else Kafka's timestamp; null with {@code source}
 * @param excerpt    start of the text; null with {@code source}
 * @param labels     by {@code id@version} of the taxonomy
 * @param partition  of the audit topic, the same for all of a note's events
 * @param history    offsets of its latest events there, oldest first
 */
public record NoteLabels(
        String noteId,
        String source,
        Instant observedAt,
        String excerpt,
        Map<String, Label> labels,
        int partition,
        List<Long> history) {
    private static final int EXCERPT = 280;
    private static final int HISTORY = 50;

    public NoteLabels {
        Objects.requireNonNull(noteId, "noteId");
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        history = List.copyOf(history);
    }

    /** Nothing is known yet. */
    static NoteLabels unseen(String noteId, int partition) {
        return new NoteLabels(noteId, null, null, null, Map.of(), partition, List.of());
    }

    /** After that event, which stands at {@code offset} of the note's partition. */
    NoteLabels with(AuditEvent event, long offset) {
        return switch (event) {
            case AuditEvent.Classified c ->
                observed(c.note(), c.position()).labelled(c.verdict().taxonomy(), c, offset);
            case AuditEvent.Unclassifiable u -> observed(u.note(), u.position()).labelled(u.taxonomy(), u, offset);
            case AuditEvent.Reviewed r -> labelled(r.taxonomy(), r, offset);
        };
    }

    private NoteLabels observed(Note note, SourcePosition position) {
        Instant seen = note.observedAt() != null ? note.observedAt() : position.timestamp();
        return new NoteLabels(noteId, note.source(), seen, excerptOf(note.text()), labels, partition, history);
    }

    private NoteLabels labelled(TaxonomyRef taxonomy, AuditEvent event, long offset) {
        Map<String, Label> changed = new TreeMap<>(labels);
        Label before = labels.getOrDefault(taxonomy.toString(), Label.none(taxonomy));
        changed.put(taxonomy.toString(), before.with(event, offset));
        List<Long> events = new ArrayList<>(history);
        events.add(offset);
        List<Long> latest = events.subList(Math.max(0, events.size() - HISTORY), events.size());
        return new NoteLabels(noteId, source, observedAt, excerpt, changed, partition, latest);
    }

    private static String excerptOf(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= EXCERPT ? text : text.substring(0, text.offsetByCodePoints(0, EXCERPT));
    }

    /** Whether the note itself was seen, so that it counts. */
    public boolean seen() {
        return source != null;
    }

    /** What is decided under that version. */
    public Optional<Label> label(TaxonomyRef taxonomy) {
        return Optional.ofNullable(labels.get(taxonomy.toString()));
    }

    /**
     * Offset of the audit record that shows the note as it was judged under that version; where only a person labelled
     * it there, under the version judged last.
     */
    public long shownAt(TaxonomyRef taxonomy) {
        long own = label(taxonomy).map(Label::offset).orElse(Label.NO_OFFSET);
        return own != Label.NO_OFFSET
                ? own
                : labels.values().stream().mapToLong(Label::offset).max().orElse(Label.NO_OFFSET);
    }

    /** This note's entries of the store {@code labelled-notes}. */
    Map<String, NoteSummary> summaries() {
        Map<String, NoteSummary> summaries = new LinkedHashMap<>();
        if (seen()) {
            labels.values().forEach(label -> summaries.put(LabelledNoteKey.of(label, noteId), summaryOf(label)));
        }
        return summaries;
    }

    private NoteSummary summaryOf(Label label) {
        return new NoteSummary(
                noteId,
                source,
                observedAt,
                excerpt,
                label.quote(),
                label.category(),
                label.secondary(),
                label.confidence(),
                label.standing(),
                label.review() != null,
                partition,
                shownAt(label.taxonomy()));
    }
}
