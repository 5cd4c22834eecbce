package io.rationale.console.api;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.notes.AuditReader;
import io.rationale.console.notes.AuditRecord;
import io.rationale.console.statistics.Label;
import io.rationale.console.statistics.NoteLabels;
import io.rationale.console.statistics.NoteStores;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.taxonomy.TaxonomyRef;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together what is known about one note. Thread safe. */
@Singleton
public class NoteDetails {
    private final NoteStores stores;
    private final AuditReader audit;
    private final ConsoleSetup setup;

    public NoteDetails(NoteStores stores, AuditReader audit, ConsoleSetup setup) {
        this.stores = stores;
        this.audit = audit;
        this.setup = setup;
    }

    /**
     * One note.
     *
     * @param noteId    the note
     * @param source    where it comes from; null while only reviews are known
     * @param taxonomy  the version whose label is shown
     * @param category  the label that counts; null for undecided
     * @param reviewed  whether a person gave it
     * @param event     the decision that shows the note as it was judged; null while only reviews are known
     * @param history   every decision, oldest first, the latest fifty
     */
    public record Detail(
            String noteId,
            String source,
            TaxonomyRef taxonomy,
            String category,
            boolean reviewed,
            AuditEvent event,
            List<Decision> history) {}

    /**
     * One decision in short.
     *
     * @param type     {@code classified}, {@code unclassifiable} or {@code reviewed}
     * @param at       when
     * @param taxonomy the version
     * @param category the label given, or null
     * @param by       model or person, or null
     * @param reason   rationale, cause or the person's reason, or null
     */
    public record Decision(String type, Instant at, TaxonomyRef taxonomy, String category, String by, String reason) {
        static Decision of(AuditEvent event) {
            return switch (event) {
                case AuditEvent.Classified c ->
                    new Decision(
                            "classified",
                            c.at(),
                            c.verdict().taxonomy(),
                            c.verdict().category(),
                            c.verdict().provenance().model(),
                            c.verdict().rationale());
                case AuditEvent.Unclassifiable u ->
                    new Decision("unclassifiable", u.at(), u.taxonomy(), null, null, u.cause());
                case AuditEvent.Reviewed r ->
                    new Decision("reviewed", r.at(), r.taxonomy(), r.newCategory(), r.reviewer(), r.reason());
            };
        }
    }

    /** Nothing for a note of which nothing was decided. */
    public Optional<Detail> of(String noteId) {
        return stores.labels(noteId).map(this::detail);
    }

    private Detail detail(NoteLabels note) {
        TaxonomyRef taxonomy = setup.taxonomy().ref();
        Optional<Label> label = note.label(taxonomy);
        long shownAt = note.shownAt(taxonomy);
        List<Long> wanted = Stream.concat(note.history().stream(), Stream.of(shownAt))
                .filter(offset -> offset != Label.NO_OFFSET)
                .distinct()
                .sorted()
                .toList();
        List<AuditRecord> events = audit.read(note.partition(), wanted);
        AuditEvent shown = events.stream()
                .filter(found -> found.offset() == shownAt)
                .map(AuditRecord::event)
                .findFirst()
                .orElse(null);
        return new Detail(
                note.noteId(),
                note.source(),
                taxonomy,
                label.map(Label::category).orElse(null),
                label.map(Label::review).isPresent(),
                shown,
                events.stream().map(found -> Decision.of(found.event())).toList());
    }
}
