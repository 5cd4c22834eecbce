package io.rationale.console.api;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.notes.AuditReader;
import io.rationale.console.notes.AuditRecord;
import io.rationale.console.search.Check;
import io.rationale.console.search.IndexedNote;
import io.rationale.console.search.NoteLabel;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.search.Position;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.DecidingSentences;
import io.rationale.core.verdict.ExchangePointer;
import io.rationale.core.verdict.Sample;
import io.rationale.core.verdict.TextSpan;
import io.rationale.core.verdict.Verdict;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts together what is known about one note. Thread safe. */
@Singleton
public class NoteDetails {
    private final NoteSearch notes;
    private final AuditReader audit;
    private final KnownTaxonomies taxonomies;
    private final ConsoleSetup setup;

    public NoteDetails(NoteSearch notes, AuditReader audit, KnownTaxonomies taxonomies, ConsoleSetup setup) {
        this.notes = notes;
        this.audit = audit;
        this.taxonomies = taxonomies;
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
     * @param deciding  the sentences that decide in the reasoning of that event; none unless R1 judged
     * @param labels    what counts under each version
     * @param history   every decision, oldest first, the latest thousand
     */
    public record Detail(
            String noteId,
            String source,
            TaxonomyRef taxonomy,
            String category,
            boolean reviewed,
            AuditEvent event,
            List<TextSpan> deciding,
            List<VersionLabel> labels,
            List<Decision> history) {}

    /**
     * What counts under one version.
     *
     * @param taxonomy   the version
     * @param category   the label; null for undecided
     * @param verdict    R1's label, or null
     * @param reviewer   who gave the label, or null when R1 did
     * @param secondary  R1's second label, or null
     * @param confidence as R1 stated it
     * @param agreement  of the votes, 0 to 1
     * @param failed     checks of the verdict that failed
     */
    public record VersionLabel(
            TaxonomyRef taxonomy,
            String category,
            String verdict,
            String reviewer,
            String secondary,
            Verdict.Confidence confidence,
            double agreement,
            List<Check> failed) {
        static VersionLabel of(NoteLabel label) {
            return new VersionLabel(
                    label.taxonomy(),
                    label.category(),
                    label.verdict(),
                    label.reviewer(),
                    label.secondary(),
                    label.confidence(),
                    label.standing(),
                    label.failed());
        }
    }

    /**
     * One decision in short.
     *
     * @param type      {@code classified}, {@code unclassifiable}, {@code reviewed} or {@code erased}
     * @param at        when
     * @param taxonomy  the version; null of an erasure
     * @param category  the label given, or null
     * @param by        model or person, or null
     * @param reason    rationale, cause or the person's reason, or null
     * @param partition of the audit
     * @param offset    there
     * @param exchanges the R1 calls behind it
     */
    public record Decision(
            String type,
            Instant at,
            TaxonomyRef taxonomy,
            String category,
            String by,
            String reason,
            int partition,
            long offset,
            List<ExchangePointer> exchanges) {
        static Decision of(AuditRecord found) {
            return switch (found.event()) {
                case AuditEvent.Classified c -> of(found, c, c.verdict());
                case AuditEvent.Unclassifiable u -> of(found, "unclassifiable", null, null, u.cause(), u.exchanges());
                case AuditEvent.Reviewed r ->
                    of(found, "reviewed", r.newCategory(), r.reviewer(), r.reason(), List.of());
                case AuditEvent.Erased e -> of(found, "erased", null, e.by(), e.reason(), List.of());
            };
        }

        private static Decision of(AuditRecord found, AuditEvent.Classified event, Verdict verdict) {
            String model = verdict.provenance().model();
            return of(found, "classified", verdict.category(), model, verdict.rationale(), exchanges(verdict));
        }

        private static Decision of(
                AuditRecord found,
                String type,
                String category,
                String by,
                String reason,
                List<ExchangePointer> exchanges) {
            AuditEvent event = found.event();
            return new Decision(
                    type,
                    event.at(),
                    event.taxonomyRef(),
                    category,
                    by,
                    reason,
                    found.partition(),
                    found.offset(),
                    exchanges);
        }

        private static List<ExchangePointer> exchanges(Verdict verdict) {
            return Stream.concat(
                            Stream.ofNullable(verdict.reasoning().exchange()),
                            verdict.samples().stream().map(Sample::exchange).filter(Objects::nonNull))
                    .distinct()
                    .toList();
        }
    }

    /** Nothing for a note of which nothing was decided. */
    public Optional<Detail> of(String noteId) {
        return notes.read(snapshot -> snapshot.note(noteId)).map(this::detail);
    }

    private Detail detail(IndexedNote note) {
        TaxonomyRef taxonomy = setup.taxonomy().ref();
        Optional<NoteLabel> label = note.label(taxonomy);
        History history = new History(note.shownAt(taxonomy).orElse(null));
        Stream.concat(Stream.ofNullable(history.shownAt), note.history().stream())
                .distinct()
                .collect(Collectors.groupingBy(Position::partition))
                .forEach((partition, events) -> audit.read(
                        partition, events.stream().mapToLong(Position::offset).sorted(), history::add));
        return new Detail(
                note.noteId(),
                note.source(),
                taxonomy,
                label.map(NoteLabel::category).orElse(null),
                label.map(NoteLabel::review).isPresent(),
                history.shown,
                deciding(history.shown),
                note.labels().values().stream().map(VersionLabel::of).toList(),
                note.history().stream()
                        .map(history.decisions::get)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private List<TextSpan> deciding(AuditEvent shown) {
        return shown instanceof AuditEvent.Classified judged
                ? DecidingSentences.of(judged.verdict(), nameOf(judged.verdict()))
                : List.of();
    }

    private String nameOf(Verdict verdict) {
        return taxonomies
                .find(verdict.taxonomy())
                .flatMap(version -> version.category(verdict.category()))
                .map(Category::name)
                .orElse(null);
    }

    /** Keeps of the events what is shown: whole, a thousand of them might be too much. */
    private static final class History {
        private final Map<Position, Decision> decisions = new HashMap<>();
        private final Position shownAt;
        private AuditEvent shown;

        History(Position shownAt) {
            this.shownAt = shownAt;
        }

        void add(AuditRecord found) {
            Position at = new Position(found.partition(), found.offset());
            decisions.put(at, Decision.of(found));
            if (at.equals(shownAt)) {
                shown = found.event();
            }
        }
    }
}
