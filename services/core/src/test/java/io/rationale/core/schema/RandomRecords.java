package io.rationale.core.schema;

import io.rationale.core.alert.Alert;
import io.rationale.core.alert.Suggestion;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.Exchange;
import io.rationale.core.audit.SourcePosition;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.deadletter.DeadLetter.Origin;
import io.rationale.core.discovery.AskedNotes;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryProgress;
import io.rationale.core.discovery.DiscoveryRequest;
import io.rationale.core.discovery.DiscoveryResult;
import io.rationale.core.discovery.DiscoverySettings;
import io.rationale.core.discovery.DroppedPattern;
import io.rationale.core.discovery.Example;
import io.rationale.core.discovery.Finding;
import io.rationale.core.discovery.NoteSample;
import io.rationale.core.discovery.SampledNote;
import io.rationale.core.discovery.Step;
import io.rationale.core.discovery.StepSummary;
import io.rationale.core.intake.IntakeAnswer;
import io.rationale.core.intake.IntakeRequest;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Sampling;
import io.rationale.core.r1.Usage;
import io.rationale.core.reclassification.ReclassificationEstimate;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.reclassification.ReclassificationRequest;
import io.rationale.core.reclassification.ReclassificationSelection;
import io.rationale.core.remedy.Remedy;
import io.rationale.core.review.Selection;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.seal.Published;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.statistics.Span;
import io.rationale.core.status.ClassifierStatus;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.Checks;
import io.rationale.core.verdict.Evidence;
import io.rationale.core.verdict.ExchangePointer;
import io.rationale.core.verdict.Provenance;
import io.rationale.core.verdict.Reasoning;
import io.rationale.core.verdict.Sample;
import io.rationale.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records of all types of events with random content, every optional field there or not. */
final class RandomRecords extends RandomValues {
    RandomRecords(long seed) {
        super(seed);
    }

    Note note() {
        return new Note(
                name(),
                "n" + text(),
                name(),
                maybe(this::instant),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                maybe(() -> list(this::context)),
                maybe(() -> map(this::text)),
                maybe(this::text),
                maybe(() -> map(random::nextInt)));
    }

    private Context context() {
        return new Context(maybe(this::text), maybe(random::nextInt), maybe(this::score), text());
    }

    AuditEvent auditEvent() {
        return switch (random.nextInt(4)) {
            case 0 -> new AuditEvent.Classified(1, text(), note(), position(), verdict());
            case 1 ->
                new AuditEvent.Unclassifiable(
                        1,
                        text(),
                        note(),
                        position(),
                        taxonomyRef(),
                        text(),
                        maybe(this::text),
                        natural(),
                        maybe(this::usage),
                        maybe(() -> list(this::exchangePointer)),
                        instant(),
                        maybe(this::text));
            case 2 ->
                new AuditEvent.Erased(
                        1, text(), text(), text(), text(), maybe(this::text), natural(), natural(), hash(), instant());
            default ->
                new AuditEvent.Reviewed(
                        1,
                        text(),
                        text(),
                        taxonomyRef(),
                        text(),
                        maybe(this::text),
                        text(),
                        maybe(this::text),
                        maybe(() -> oneOf(Selection.values())),
                        instant());
        };
    }

    ChainEvent chainEvent() {
        return random.nextBoolean()
                ? new ChainEvent.Sealed(
                        1,
                        text(),
                        natural(),
                        1 + offset() / 2,
                        offset(),
                        offset(),
                        1 + offset() / 2,
                        hash(),
                        hash(),
                        hash(),
                        instant(),
                        maybe(() -> new Published(offset(), offset(), hash())))
                : new ChainEvent.Erased(
                        1,
                        text(),
                        natural(),
                        offset(),
                        hash(),
                        text(),
                        maybe(this::text),
                        instant(),
                        maybe(this::text),
                        maybe(this::hash));
    }

    private Verdict verdict() {
        return new Verdict(
                taxonomyRef(),
                text(),
                maybe(this::text),
                maybe(() -> list(this::evidence)),
                maybe(this::text),
                maybe(() -> oneOf(Verdict.Confidence.values())),
                new Reasoning(text(), random.nextBoolean(), maybe(this::exchangePointer)),
                maybe(() -> map(this::natural)),
                random.nextDouble(),
                maybe(() -> list(() -> new Sample(
                        text(), maybe(() -> oneOf(Verdict.Confidence.values())), maybe(this::exchangePointer)))),
                new Checks(
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean()),
                provenance(),
                usage(),
                instant());
    }

    private Evidence evidence() {
        int start = random.nextInt(1_000_000);
        return new Evidence(text(), text(), start, start + random.nextInt(1_000));
    }

    private Provenance provenance() {
        return new Provenance(
                text(),
                maybe(this::text),
                maybe(this::text),
                text(),
                maybe(() -> new Sampling(
                        random.nextDouble(), random.nextDouble(), random.nextInt(), maybe(random::nextLong))),
                maybe(this::text),
                natural(),
                natural(),
                natural(),
                maybe(this::text),
                maybe(this::text));
    }

    Exchange exchange() {
        boolean utf8 = random.nextBoolean();
        return new Exchange(
                1,
                text(),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                list(this::text),
                maybe(this::text),
                random.nextInt(600),
                utf8 ? maybe(this::text) : null,
                utf8 ? null : bytes().base64(),
                maybe(this::text),
                maybe(this::text),
                text(),
                maybe(this::usage),
                instant(),
                maybe(this::offset),
                offset());
    }

    Taxonomy taxonomy() {
        List<Category> categories = new ArrayList<>();
        categories.add(category(Taxonomy.NO_ERROR, null));
        categories.add(category(Taxonomy.OTHER, null));
        for (int i = 0; i < random.nextInt(6); i++) {
            categories.add(category("c-" + i, i == 0 ? null : maybe(() -> "c-0")));
        }
        return new Taxonomy(
                "t-" + natural(),
                version(),
                maybe(this::text),
                maybe(() -> oneOf(Taxonomy.Status.values())),
                categories,
                maybe(() -> map(this::text)),
                maybe(() -> new TaxonomyRef("t-" + natural(), version())),
                maybe(() -> new Taxonomy.Activation(text(), instant())),
                maybe(this::text));
    }

    private Taxonomy proposal() {
        Taxonomy any = taxonomy();
        return new Taxonomy(any.id(), any.version(), any.title(), any.status(), any.categories(), any.crosswalk());
    }

    private Category category(String id, String parent) {
        return new Category(
                id,
                parent,
                maybe(this::text),
                "d" + text(),
                maybe(this::text),
                maybe(() -> list(this::text)),
                maybe(this::text),
                maybe(() -> "#%06x".formatted(random.nextInt(1 << 24))));
    }

    CategoryCount categoryCount() {
        return new CategoryCount(
                instant(),
                maybe(this::taxonomyRef),
                maybe(this::text),
                text(),
                offset(),
                random.nextDouble() * 1000,
                usage(),
                maybe(() -> map(this::offset)),
                maybe(this::natural),
                maybe(() -> oneOf(Span.values())),
                maybe(this::text),
                maybe(this::text),
                maybe(this::offset));
    }

    Alert alert() {
        return new Alert(
                1,
                text(),
                oneOf(Alert.State.values()),
                text(),
                text(),
                maybe(this::text),
                instant(),
                instant(),
                text(),
                maybe(this::taxonomyRef),
                maybe(() -> new Suggestion(new Suggestion.Discovery(
                        instant(), instant(), list(this::text), list(this::text), text(), maybe(random::nextDouble)))));
    }

    Remedy remedy() {
        return new Remedy(
                Remedy.VERSION,
                text(),
                taxonomyRef(),
                text(),
                text(),
                text(),
                instant(),
                instant(),
                list(this::text),
                maybe(() -> new Remedy.Withdrawal(text(), instant())));
    }

    DiscoveryRequest discoveryRequest() {
        return new DiscoveryRequest(
                1,
                text(),
                oneOf(DiscoveryRequest.Action.values()),
                instant(),
                maybe(() -> new DiscoverySettings(
                        taxonomyRef(),
                        1 + random.nextInt(20),
                        random.nextLong(),
                        maybe(this::text),
                        2 + random.nextInt(1000),
                        100 + random.nextInt(1000),
                        version(),
                        version())),
                maybe(() -> new NoteSample(
                        offset(),
                        natural(),
                        list(() -> new SampledNote(note(), 1 / (1 + random.nextDouble()), version())))),
                maybe(this::askedNotes));
    }

    private AskedNotes askedNotes() {
        return new AskedNotes(
                text(),
                maybe(this::text),
                maybe(this::instant),
                maybe(this::instant),
                maybe(() -> list(this::text)),
                maybe(() -> list(this::text)),
                maybe(this::text),
                maybe(random::nextDouble),
                maybe(this::version),
                maybe(this::version),
                maybe(this::text),
                maybe(random::nextLong));
    }

    DiscoveryEvent discoveryEvent() {
        return new DiscoveryEvent(
                1,
                text(),
                oneOf(DiscoveryEvent.State.values()),
                instant(),
                instant(),
                text(),
                maybe(() -> new DiscoveryProgress(text(), natural(), natural(), offset(), maybe(this::usage))),
                maybe(this::text),
                maybe(this::discoveryResult),
                maybe(this::instant),
                maybe(this::askedNotes),
                maybe(this::natural),
                maybe(this::offset));
    }

    private DiscoveryResult discoveryResult() {
        return new DiscoveryResult(
                proposal(),
                list(() -> new Finding(
                        text(),
                        maybe(random::nextDouble),
                        maybe(random::nextDouble),
                        random.nextDouble(),
                        random.nextDouble(),
                        random.nextDouble(),
                        natural(),
                        maybe(() -> list(() -> new Example(text(), text(), text(), natural(), natural()))))),
                maybe(random::nextDouble),
                version(),
                offset(),
                natural(),
                natural(),
                random.nextDouble() * 1000,
                natural(),
                maybe(() -> list(() -> new DroppedPattern(text(), natural(), text()))),
                list(() -> new StepSummary(
                        version(),
                        oneOf(Step.Kind.values()),
                        natural(),
                        natural(),
                        text(),
                        text(),
                        text(),
                        maybe(this::natural),
                        maybe(this::offset))),
                usage());
    }

    ClassifierStatus classifierStatus() {
        return new ClassifierStatus(
                1,
                text(),
                instant(),
                instant(),
                text(),
                taxonomyRef(),
                maybe(() -> new ClassifierStatus.Outage(instant(), text())),
                maybe(() -> list(() -> new ClassifierStatus.Endpoint(
                        text(),
                        oneOf(ClassifierStatus.State.values()),
                        maybe(this::text),
                        natural(),
                        natural(),
                        natural(),
                        random.nextDouble() * 1000,
                        maybe(() -> random.nextDouble() * 1000)))),
                offset(),
                offset(),
                offset(),
                maybe(() -> new ClassifierStatus.Batch(version(), version())),
                maybe(() -> new ClassifierStatus.Reclassification(
                        maybe(this::text), offset(), offset(), offset(), offset())),
                maybe(() -> new ClassifierStatus.Discovery(maybe(this::text), natural(), natural())));
    }

    ReclassificationRequest reclassificationRequest() {
        return new ReclassificationRequest(
                1,
                text(),
                oneOf(ReclassificationRequest.Action.values()),
                text(),
                instant(),
                maybe(this::reclassificationSelection),
                maybe(this::reclassificationEstimate));
    }

    private ReclassificationSelection reclassificationSelection() {
        return new ReclassificationSelection(
                taxonomyRef(),
                taxonomyRef(),
                maybe(() -> Set.copyOf(list(this::text))),
                maybe(() -> Set.copyOf(list(this::text))),
                maybe(this::instant),
                maybe(this::instant),
                maybe(this::text),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private ReclassificationEstimate reclassificationEstimate() {
        return new ReclassificationEstimate(
                offset(),
                offset(),
                new ReclassificationEstimate.Range(
                        offset(), offset(), offset(), offset(), offset(), offset(), offset()),
                maybe(this::offset),
                maybe(() -> new ReclassificationEstimate.Money(random.nextDouble(), text())),
                new ReclassificationEstimate.Basis(
                        offset(),
                        offset(),
                        random.nextDouble() * 1000,
                        random.nextDouble() * 16,
                        maybe(() -> random.nextDouble() * 1000)));
    }

    ReclassificationJob reclassificationJob() {
        return new ReclassificationJob(
                1,
                text(),
                text(),
                instant(),
                reclassificationSelection(),
                oneOf(ReclassificationJob.State.values()),
                offset(),
                offset(),
                offset(),
                offset(),
                maybe(this::usage),
                maybe(this::reclassificationEstimate),
                random.nextDouble() * 100,
                maybe(this::instant),
                maybe(this::instant),
                maybe(() -> list(() -> new ReclassificationJob.Change(
                        text(), instant(), oneOf(ReclassificationRequest.Action.values())))),
                maybe(() -> list(() -> new ReclassificationJob.Move(maybe(this::text), maybe(this::text), offset()))),
                maybe(() -> new ReclassificationJob.Place(
                        Map.of(natural(), offset()),
                        maybe(this::text),
                        random.nextBoolean(),
                        Map.of(natural(), offset()),
                        Map.of(natural(), offset()))));
    }

    DeadLetter deadLetter() {
        return new DeadLetter(text(), bytes(), text(), text(), maybe(this::text), origin());
    }

    /** One whose key and value do not count. */
    IntakeRequest intakeRequest() {
        IntakeAnswer answer =
                new IntakeAnswer(offset(), offset(), maybe(() -> list(this::taken)), maybe(() -> list(this::fault)));
        return new IntakeRequest(1, Bytes.utf8(text()).sha256(), instant(), answer);
    }

    private IntakeAnswer.Taken taken() {
        return new IntakeAnswer.Taken(version(), version(), text());
    }

    private IntakeAnswer.Fault fault() {
        return new IntakeAnswer.Fault(version(), version(), maybe(this::text), text(), text());
    }

    DeadLetter emptyDeadLetter() {
        return new DeadLetter("key", Bytes.empty(), text(), text(), maybe(this::text), origin());
    }

    private Origin origin() {
        return random.nextBoolean()
                ? new Origin.Topic(text(), natural(), offset())
                : new Origin.File(text(), 1 + offset() / 2);
    }

    private SourcePosition position() {
        return new SourcePosition(text(), natural(), offset(), instant(), maybe(this::text));
    }

    private TaxonomyRef taxonomyRef() {
        return new TaxonomyRef(text(), version());
    }

    private ExchangePointer exchangePointer() {
        return new ExchangePointer(
                text(), text(), natural(), offset(), Bytes.utf8(text()).sha256());
    }

    private Usage usage() {
        return random.nextBoolean()
                ? new Usage(natural(), natural(), natural(), 0)
                : new Usage(natural(), natural(), natural(), natural()).share(1 + random.nextInt(40));
    }
}
