package io.rationale.console.deadletters;

import io.rationale.console.api.ProblemException;
import io.rationale.console.notes.AuditReader;
import io.rationale.console.notes.DeadLetterReader;
import io.rationale.console.notes.StoredLetter;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.search.Position;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.ExchangePointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Shows dead letters and sends them again. Thread safe. */
public final class DeadLetters {
    private final DeadLetterReader reader;
    private final LetterReading reading;
    private final LetterCounts counts;
    private final NoteSearch notes;
    private final AuditReader audit;
    private final NoteResender resender;
    private final Supplier<TaxonomyRef> taxonomy;

    /** @param taxonomy the version by which a note is decided or not, asked each time */
    DeadLetters(
            DeadLetterReader reader,
            LetterReading reading,
            LetterCounts counts,
            NoteSearch notes,
            AuditReader audit,
            NoteResender resender,
            Supplier<TaxonomyRef> taxonomy) {
        this.reader = reader;
        this.reading = reading;
        this.counts = counts;
        this.notes = notes;
        this.audit = audit;
        this.resender = resender;
        this.taxonomy = taxonomy;
    }

    /**
     * A page of letters.
     *
     * @param letters the newest first
     * @param total   of those with that reason, if one is asked for; null while they are being counted
     * @param reasons how many there are of each; null while they are being counted
     * @param cursor  of the next page, or null
     */
    public record Page(List<LetterSummary> letters, Long total, Map<String, Long> reasons, String cursor) {}

    /** Where a note stands that was sent again. */
    public record Resent(String topic, int partition, long offset) {
        static Resent of(RecordMetadata at) {
            return new Resent(at.topic(), at.partition(), at.offset());
        }
    }

    /**
     * The newest letters.
     *
     * @param before by partition the offset before which the page begins; empty for the newest
     * @param reason that they have, or null for any
     */
    Page page(Map<Integer, Long> before, String reason, int limit) {
        Predicate<StoredLetter> filter =
                stored -> reason == null || stored.letter().reason().equals(reason);
        DeadLetterReader.Page<LetterSummary> page = reader.page(before, filter, limit, reading::summary);
        Map<String, Long> all = counts.byReason().orElse(null);
        return new Page(
                withStates(page.letters()),
                all == null ? null : total(all, reason),
                all,
                page.before() == null ? null : LetterCursor.text(page.before()));
    }

    private static long total(Map<String, Long> all, String reason) {
        return reason == null ? all.values().stream().mapToLong(Long::longValue).sum() : all.getOrDefault(reason, 0L);
    }

    private List<LetterSummary> withStates(List<LetterSummary> letters) {
        return notes.read(snapshot -> {
            Map<String, LetterSummary.State> states = new HashMap<>();
            letters.stream()
                    .map(LetterSummary::noteId)
                    .filter(Objects::nonNull)
                    .distinct()
                    .forEach(id -> snapshot.note(id)
                            .flatMap(note -> note.label(taxonomy.get()))
                            .map(label -> label.category() == null
                                    ? LetterSummary.State.UNDECIDED
                                    : LetterSummary.State.DECIDED)
                            .ifPresent(state -> states.put(id, state)));
            return letters.stream()
                    .map(letter -> letter.noteId() == null
                            ? letter
                            : letter.in(states.getOrDefault(letter.noteId(), LetterSummary.State.UNKNOWN)))
                    .toList();
        });
    }

    /** The letter at that place with what it holds. */
    Optional<LetterDetail> at(int partition, long offset) {
        return reader.at(partition, offset).map(stored -> {
            LetterSummary letter = withStates(List.of(reading.summary(stored))).getFirst();
            return new LetterDetail(
                    letter, LetterReading.text(stored), LetterReading.isTruncated(stored), exchanges(letter));
        });
    }

    /** Those of the decision that made the letter: the one about the same record. */
    private List<ExchangePointer> exchanges(LetterSummary letter) {
        List<ExchangePointer> found = new ArrayList<>();
        if (letter.noteId() != null && letter.origin() instanceof DeadLetter.Origin.Topic origin) {
            List<Position> history = notes.read(snapshot -> snapshot.note(letter.noteId()))
                    .map(note -> note.history())
                    .orElse(List.of());
            history.stream()
                    .collect(Collectors.groupingBy(Position::partition))
                    .forEach((partition, events) -> audit.read(
                            partition,
                            events.stream().mapToLong(Position::offset).sorted(),
                            record -> found.addAll(exchanges(record.event(), origin))));
        }
        return found;
    }

    private static List<ExchangePointer> exchanges(AuditEvent event, DeadLetter.Origin.Topic origin) {
        return event instanceof AuditEvent.Unclassifiable failure
                        && failure.position().topic().equals(origin.topic())
                        && failure.position().partition() == origin.partition()
                        && failure.position().offset() == origin.offset()
                ? failure.exchanges()
                : List.of();
    }

    /**
     * Sends the original of the letter at that place again.
     *
     * @return where it stands now; nothing when there is no letter
     * @throws ProblemException when it cannot be sent again, or Kafka does not take it
     */
    Optional<Resent> resend(int partition, long offset, Optional<String> by) throws InterruptedException {
        Optional<StoredLetter> stored = reader.at(partition, offset);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        reading.whyNotResendable(stored.get()).ifPresent(why -> {
            throw ProblemException.of(422, why);
        });
        return Optional.of(Resent.of(resender.resend(stored.get(), reading.noteId(stored.get()), by)));
    }
}
