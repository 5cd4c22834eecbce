package io.rationale.local.verify;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.Exchange;
import io.rationale.core.audit.SourcePosition;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.verdict.Evidence;
import io.rationale.core.verdict.ExchangePointer;
import io.rationale.core.verdict.ParsedAnswer;
import io.rationale.core.verdict.Sample;
import io.rationale.core.verdict.Verdict;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Checks one audit event against its exchanges, its note and itself. Used by one thread. */
final class EventCheck {
    private static final long EXCHANGE_BYTES = 24L * 1024 * 1024;
    /** The note of such an event had to be cut. */
    private static final String TOO_LARGE = "record-too-large";

    private static final double TOLERANCE = 1e-9;

    private final Erasures erasures;
    private final KnownTaxonomies taxonomies;
    private final Findings findings;
    private final RecordShelf<ExchangeView> exchanges;
    private final NoteCheck notes;
    private final RecordLogs logs;
    private final boolean mayExpire;

    /** @param mayExpire whether exchanges may be missing at the beginning, because they were kept for a time only */
    EventCheck(RecordLogs logs, Erasures erasures, KnownTaxonomies taxonomies, boolean mayExpire, Findings findings) {
        this.logs = logs;
        this.mayExpire = mayExpire;
        this.erasures = erasures;
        this.taxonomies = taxonomies;
        this.findings = findings;
        this.exchanges = new RecordShelf<>(logs, EXCHANGE_BYTES, ExchangeView::new);
        this.notes = new NoteCheck(logs, erasures, findings);
    }

    /** Where the event stands, for faults. */
    private record At(String topic, int partition, long offset) {}

    /** Reads and checks it; nothing when it is no audit event. */
    Optional<AuditEvent> check(String topic, StoredRecord stored) {
        At at = new At(topic, stored.partition(), stored.offset());
        AuditEvent event;
        try {
            event = Json.read(stored.value(), AuditEvent.class);
        } catch (RuntimeException e) {
            broken(Check.EVENT, at, "The record is no audit event.");
            return Optional.empty();
        }
        if (event == null || !event.noteId().equals(stored.key())) {
            broken(Check.EVENT, at, "The record's key is not the id of the note that the event is about.");
            return Optional.ofNullable(event);
        }
        findings.holds(Check.EVENT);
        switch (event) {
            case AuditEvent.Classified classified -> check(classified, at);
            case AuditEvent.Unclassifiable given -> check(given, at);
            case AuditEvent.Reviewed reviewed -> {}
            case AuditEvent.Erased erased -> erasures.recorded(erased);
        }
        return Optional.of(event);
    }

    private void check(AuditEvent.Classified event, At at) {
        Verdict verdict = event.verdict();
        note(event.note(), event.position(), at);
        quotes(verdict.evidence(), event.note(), at);
        votes(verdict, at);
        Optional<ExchangeView> main = resolve(verdict.reasoning().exchange(), at);
        main.filter(this::isWhole).ifPresent(exchange -> {
            reasoning(verdict, exchange, at);
            prompt(event, exchange, at);
            follows(event, exchange, at);
        });
        for (Sample sample : verdict.samples()) {
            if (!Objects.equals(sample.exchange(), verdict.reasoning().exchange())) {
                resolve(sample.exchange(), at).filter(this::isWhole).ifPresent(exchange -> {
                    asked(event.note(), exchange, at);
                    follows(event, sample, exchange, at);
                });
            }
        }
    }

    private void check(AuditEvent.Unclassifiable event, At at) {
        if (event.reason().equals(TOO_LARGE)) {
            findings.leaveOut(Check.NOTE);
        } else {
            note(event.note(), event.position(), at);
        }
        for (ExchangePointer pointer : event.exchanges()) {
            resolve(pointer, at)
                    .filter(this::isWhole)
                    .filter(exchange -> !event.reason().equals(TOO_LARGE))
                    .ifPresent(exchange -> asked(event.note(), exchange, at));
        }
    }

    private void note(Note note, SourcePosition position, At at) {
        notes.check(note, position, at.topic(), at.partition(), at.offset());
    }

    private void quotes(List<Evidence> evidence, Note note, At at) {
        for (Evidence each : evidence) {
            if (NoteTexts.stands(each.quote(), NoteTexts.field(note, each.field()), each.start(), each.end())) {
                findings.holds(Check.QUOTES);
            } else {
                broken(Check.QUOTES, at, "A quote does not stand in the note at its offsets.");
            }
        }
    }

    /** The exchange, when it stands where the event points and is what it was. */
    private Optional<ExchangeView> resolve(ExchangePointer pointer, At at) {
        if (pointer == null) {
            findings.leaveOut(Check.EXCHANGE);
            return Optional.empty();
        }
        Optional<ExchangeView> found = exchanges.at(pointer.topic(), pointer.partition(), pointer.offset());
        if (found.isPresent() && found.get().sha256().equals(pointer.sha256())) {
            if (found.get().id().equals(pointer.id())) {
                findings.holds(Check.EXCHANGE);
                return found;
            }
            broken(Check.EXCHANGE, at, "The exchange " + place(pointer) + " has another id than the event says.");
            return Optional.empty();
        }
        boolean isErased = erasures.of(pointer.topic(), pointer.partition(), pointer.offset())
                .isPresent();
        if (isErased && found.isPresent() && !found.get().isReplaced(erasures, pointer)) {
            broken(
                    Check.EXCHANGE,
                    at,
                    "The exchange " + place(pointer) + " was erased, and something else stands there now.");
        } else if (isErased || found.isEmpty() && mayExpire && isExpired(pointer)) {
            findings.leaveOut(Check.EXCHANGE);
        } else if (found.isPresent()) {
            broken(
                    Check.EXCHANGE,
                    at,
                    "The exchange " + place(pointer) + " was changed: its SHA-256 is not the one in the event.");
        } else {
            broken(
                    Check.EXCHANGE,
                    at,
                    "The exchange " + place(pointer) + " is not there."
                            + (isExpired(pointer)
                                    ? " If exchanges were kept for a time only, say --allow-expired."
                                    : ""));
        }
        return Optional.empty();
    }

    private boolean isExpired(ExchangePointer pointer) {
        return pointer.offset()
                < logs.extent(pointer.topic(), pointer.partition()).first();
    }

    private static String place(ExchangePointer pointer) {
        return "at " + pointer.topic() + "-" + pointer.partition() + " offset " + pointer.offset();
    }

    /** What was cut, or never sent, has not the words that would be looked for. */
    private boolean isWhole(ExchangeView exchange) {
        if (exchange.isCut() || exchange.exchange().isEmpty()) {
            findings.leaveOut(Check.PROMPT);
            return false;
        }
        return true;
    }

    private void reasoning(Verdict verdict, ExchangeView exchange, At at) {
        String thought = ExchangeView.orEmpty(exchange.exchange().orElseThrow().reasoning());
        boolean stands = verdict.reasoning().whole()
                ? thought.equals(verdict.reasoning().text())
                : thought.contains(verdict.reasoning().text());
        if (stands) {
            findings.holds(Check.REASONING);
        } else {
            broken(Check.REASONING, at, "The passage does not stand in the exchange's chain of thought.");
        }
    }

    /** At the very place in the batch that the verdict names. */
    private void prompt(AuditEvent.Classified event, ExchangeView exchange, At at) {
        int position = event.verdict().provenance().batchPosition();
        String line =
                "{\"id\":\"" + PromptBuilder.shortId(position) + "\"," + PromptBuilder.content(event.note()) + "\n";
        prompt(exchange.prompt().contains(line), event.verdict().provenance().promptVersion(), at);
    }

    /** Anywhere in the batch. */
    private void asked(Note note, ExchangeView exchange, At at) {
        if (exchange.prompt().isEmpty()) {
            findings.leaveOut(Check.PROMPT);
        } else {
            prompt(exchange.prompt().contains("\"," + PromptBuilder.content(note) + "\n"), PromptBuilder.VERSION, at);
        }
    }

    private void prompt(boolean isThere, String version, At at) {
        if (isThere) {
            findings.holds(Check.PROMPT);
        } else if (!version.equals(PromptBuilder.VERSION)) {
            // Another version of the wording may have encoded notes in another way.
            findings.leaveOut(Check.PROMPT);
        } else {
            broken(Check.PROMPT, at, "The request does not have the note as it is encoded.");
        }
    }

    private void follows(AuditEvent.Classified event, ExchangeView exchange, At at) {
        Verdict verdict = event.verdict();
        Exchange told = exchange.exchange().orElseThrow();
        int position = verdict.provenance().batchPosition();
        String asked = verdict.provenance().sameTextAs() == null
                ? event.note().id()
                : verdict.provenance().sameTextAs();
        if (!exchange.isToldByResponse()) {
            broken(Check.VERDICT, at, "Thought or answer of the exchange are not those of its raw response.");
        } else if (position < 0
                || position >= told.noteIds().size()
                || !told.noteIds().get(position).equals(asked)) {
            broken(Check.VERDICT, at, "The exchange was not about the note at its place in the batch.");
        } else {
            List<Taxonomy> levels = taxonomies.levelsOf(verdict.taxonomy());
            if (levels.isEmpty()) {
                findings.leaveOut(Check.VERDICT);
            } else if (levels.stream().anyMatch(level -> isSaid(verdict, answer(exchange, level, position)))) {
                findings.holds(Check.VERDICT);
            } else {
                broken(Check.VERDICT, at, "The verdict does not follow from R1's answer.");
            }
        }
    }

    private ParsedAnswer answer(ExchangeView exchange, Taxonomy taxonomy, int position) {
        return exchange.answers(taxonomy, taxonomies::parser).get(position);
    }

    private static boolean isSaid(Verdict verdict, ParsedAnswer answer) {
        return answer != null
                && answer.category().equals(verdict.category())
                && Objects.equals(answer.secondary(), verdict.secondary())
                && answer.rationale().equals(verdict.rationale())
                && answer.confidence() == verdict.confidence();
    }

    private void follows(AuditEvent.Classified event, Sample sample, ExchangeView exchange, At at) {
        List<Taxonomy> levels = taxonomies.levelsOf(event.verdict().taxonomy());
        if (levels.isEmpty()) {
            findings.leaveOut(Check.VERDICT);
            return;
        }
        boolean isSaid = exchange.isToldByResponse()
                && levels.stream()
                        .flatMap(level -> exchange.answers(level, taxonomies::parser).values().stream())
                        .anyMatch(answer -> answer.category().equals(sample.category())
                                && answer.confidence() == sample.confidence());
        if (isSaid) {
            findings.holds(Check.VERDICT);
        } else {
            broken(Check.VERDICT, at, "A vote does not follow from R1's answer.");
        }
    }

    private void votes(Verdict verdict, At at) {
        if (verdict.votes().isEmpty()) {
            findings.leaveOut(Check.VOTES);
            return;
        }
        int all = verdict.votes().values().stream().mapToInt(Integer::intValue).sum();
        int own = verdict.votes().getOrDefault(verdict.category(), 0);
        boolean isMost = verdict.votes().values().stream().allMatch(count -> count <= own);
        boolean agrees = own > 0 && Math.abs(verdict.agreement() - (double) own / all) < TOLERANCE;
        if (isMost && agrees && recounts(verdict)) {
            findings.holds(Check.VOTES);
        } else {
            broken(Check.VOTES, at, "The votes do not recount to the category and its agreement.");
        }
    }

    private static boolean recounts(Verdict verdict) {
        if (verdict.samples().isEmpty()) {
            return true;
        }
        Map<String, Integer> counts = new HashMap<>();
        verdict.samples().forEach(sample -> counts.merge(sample.category(), 1, Integer::sum));
        return counts.equals(verdict.votes());
    }

    private void broken(Check check, At at, String sentence) {
        findings.broken(check, at.topic(), at.partition(), at.offset(), sentence);
    }
}
