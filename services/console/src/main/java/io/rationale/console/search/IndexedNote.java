package io.rationale.console.search;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.SourcePosition;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that the index knows of one note; an event makes a new value.
 *
 * @param noteId     the note
 * @param source     where it comes from; null while only reviews of it were seen, which count from then on
 * @param observedAt when the failure was seen, else Kafka's timestamp; null with {@code source}
 * @param texts      what is searched, the note's text first; empty with a null {@code source}
 * @param tokens     that what it says takes in a prompt, estimated
 * @param dimensions the sender's own labels
 * @param labels     by {@code id@version} of the taxonomy
 * @param decidedAt  time of the latest decision
 * @param history    its latest decisions, oldest first
 */
public record IndexedNote(
        String noteId,
        String source,
        Instant observedAt,
        List<String> texts,
        int tokens,
        Map<String, String> dimensions,
        Map<String, NoteLabel> labels,
        Instant decidedAt,
        List<Position> history) {
    /** Decisions kept of one note. */
    public static final int MOST_HISTORY = 1_000;

    public IndexedNote {
        Objects.requireNonNull(noteId, "noteId");
        texts = texts == null ? List.of() : List.copyOf(texts);
        dimensions = dimensions == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(dimensions));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        history = List.copyOf(history);
    }

    /** Nothing is known yet. */
    static IndexedNote unseen(String noteId) {
        return new IndexedNote(noteId, null, null, List.of(), 0, Map.of(), Map.of(), null, List.of());
    }

    /** Whether that event, or a later one of its partition, is in already. */
    public boolean holds(Position at) {
        return history.reversed().stream()
                .filter(event -> event.partition() == at.partition())
                .findFirst()
                .map(last -> last.offset() >= at.offset())
                .orElse(false);
    }

    /** After that event. */
    IndexedNote with(AuditEvent event, Position at) {
        return switch (event) {
            case AuditEvent.Classified c -> observed(c.note(), c.position()).labelled(event, at);
            case AuditEvent.Unclassifiable u -> observed(u.note(), u.position()).labelled(event, at);
            case AuditEvent.Reviewed r -> labelled(event, at);
            case AuditEvent.Erased e -> erased(at);
        };
    }

    /** What counts need stays. */
    private IndexedNote erased(Position at) {
        Map<String, NoteLabel> wordless = new TreeMap<>(labels);
        wordless.replaceAll((version, label) -> label.withoutWords());
        List<String> text = seen() ? List.of(AuditEvent.Erased.TEXT) : List.of();
        return new IndexedNote(noteId, source, observedAt, text, tokens, dimensions, wordless, decidedAt, grown(at));
    }

    private List<Position> grown(Position at) {
        List<Position> events = new ArrayList<>(history);
        events.add(at);
        return events.subList(Math.max(0, events.size() - MOST_HISTORY), events.size());
    }

    private IndexedNote observed(Note note, SourcePosition position) {
        Instant seen = note.observedAt() != null ? note.observedAt() : position.timestamp();
        return new IndexedNote(
                noteId,
                note.source(),
                seen,
                Texts.searched(note),
                PromptBuilder.tokensOf(note),
                note.labels(),
                labels,
                decidedAt,
                history);
    }

    private IndexedNote labelled(AuditEvent event, Position at) {
        TaxonomyRef taxonomy = event.taxonomyRef();
        Map<String, NoteLabel> changed = new TreeMap<>(labels);
        NoteLabel before = labels.getOrDefault(taxonomy.toString(), NoteLabel.none(taxonomy));
        changed.put(taxonomy.toString(), before.with(event, at));
        Instant decided = decidedAt == null || event.at().isAfter(decidedAt) ? event.at() : decidedAt;
        return new IndexedNote(noteId, source, observedAt, texts, tokens, dimensions, changed, decided, grown(at));
    }

    /** Whether the note itself was seen, so that it counts. */
    public boolean seen() {
        return source != null;
    }

    /** The minute that the note counts in. */
    public Instant bucket() {
        return observedAt == null ? null : observedAt.truncatedTo(ChronoUnit.MINUTES);
    }

    /** What is decided under that version. */
    public Optional<NoteLabel> label(TaxonomyRef taxonomy) {
        return Optional.ofNullable(labels.get(taxonomy.toString()));
    }

    /**
     * The audit record that shows the note as it was judged under that version; where only a person labelled it there,
     * under the version judged last.
     */
    public Optional<Position> shownAt(TaxonomyRef taxonomy) {
        return label(taxonomy).map(NoteLabel::shown).or(() -> labels.values().stream()
                .map(NoteLabel::shown)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(Position::offset)));
    }

    /** The note as lists show it. Nothing while only reviews are known, or nothing is decided under that version. */
    public Optional<NoteSummary> summary(TaxonomyRef taxonomy) {
        return label(taxonomy).filter(label -> seen()).map(label -> summaryOf(label, shownAt(taxonomy)));
    }

    private NoteSummary summaryOf(NoteLabel label, Optional<Position> shown) {
        return new NoteSummary(
                noteId,
                source,
                observedAt,
                Texts.excerpt(texts.isEmpty() ? "" : texts.getFirst()),
                label.quote(),
                label.category(),
                label.secondary(),
                label.confidence(),
                label.standing(),
                label.review() != null,
                label.failed(),
                shown.map(Position::partition).orElse(history.getLast().partition()),
                shown.map(Position::offset).orElse(-1L));
    }
}
