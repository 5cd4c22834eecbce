package io.rationale.console.search;

import static io.rationale.console.Events.MODEL;
import static io.rationale.console.Events.TEN;
import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.V2;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.evidence;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static io.rationale.console.Events.unclassifiable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.note.Note;
import io.rationale.core.review.Confusion;
import io.rationale.core.review.Selection;
import io.rationale.core.verdict.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoteIndexTest {
    private static final NoteQuery ALL = NoteQuery.all(V1);

    @TempDir
    Path directory;

    private IndexHarness notes;

    @BeforeEach
    void open() throws IOException {
        notes = new IndexHarness(directory);
    }

    @AfterEach
    void close() {
        notes.close();
    }

    private static AuditEvent agreed(String id, double agreement) {
        Note note = note(id);
        return classified(note, V1, "other", agreement, MODEL, evidence(note, note.text()));
    }

    private static NoteQuery of(String category) {
        return ALL.of(Set.of(category));
    }

    @Test
    void shouldLetTheLatestReviewStandAboveLaterVerdicts() throws IOException {
        notes.decided(
                classified(note("a"), V1, "other"),
                reviewed("a", V1, "no-error"),
                reviewed("a", V1, "numerical-error"),
                classified(note("a"), V1, "missed-retrieval"));

        assertThat(notes.ids(of("numerical-error"))).containsExactly("a");
        assertThat(notes.ids(of("missed-retrieval"))).isEmpty();
        NoteLabel label = notes.note("a").label(V1).orElseThrow();
        assertThat(label.verdict()).isEqualTo("missed-retrieval");
        assertThat(label.reviewer()).isEqualTo("ada");
        assertThat(label.shown()).isEqualTo(new Position(0, 3));
    }

    @Test
    void shouldKeepAVerdictWhenALaterTryFails() throws IOException {
        notes.decided(classified(note("a"), V1, "other"), unclassifiable(note("a"), V1));
        notes.decided(unclassifiable(note("b"), V1), classified(note("b"), V1, "other"));
        notes.decided(unclassifiable(note("c"), V1));

        assertThat(notes.ids(of("other"))).containsExactly("a", "b");
        assertThat(notes.ids(of(NoteQuery.UNDECIDED))).containsExactly("c");
        assertThat(notes.note("a").shownAt(V1)).contains(new Position(0, 0));
        assertThat(notes.note("a").history()).hasSize(2);
    }

    @Test
    void shouldListANoteFromItsFirstSightOnWithTheReviewsBefore() throws IOException {
        notes.decided(reviewed("a", V1, "no-error"));
        assertThat(notes.ids(ALL)).isEmpty();
        assertThat(notes.note("a").seen()).isFalse();

        notes.decided(classified(note("a"), V1, "other"));

        assertThat(notes.ids(of("no-error"))).containsExactly("a");
    }

    @Test
    void shouldKeepVersionsApart() throws IOException {
        notes.decided(
                classified(note("a"), V1, "other"),
                classified(note("a"), V2, "no-error"),
                reviewed("b", V2, "other"),
                classified(note("b"), V1, "no-error"));

        assertThat(notes.ids(ALL)).containsExactly("a", "b");
        assertThat(notes.ids(NoteQuery.all(V2).of(Set.of("other")))).containsExactly("b");
        assertThat(notes.ids(NoteQuery.all(V2).of(Set.of("no-error")))).containsExactly("a");
        assertThat(notes.note("b").shownAt(V2)).contains(new Position(0, 3));
    }

    @Test
    void shouldPassOverWhatItHasAlready() throws IOException {
        notes.decided(classified(note("a"), V1, "other"), reviewed("a", V1, "no-error"));

        boolean again = notes.index.apply(classified(note("a"), V1, "other"), new Position(0, 0));
        notes.index.refresh();

        assertThat(again).isFalse();
        assertThat(notes.note("a").history()).hasSize(2);
    }

    @Test
    void shouldSortByAgreementDoubtAndTime() throws IOException {
        notes.decided(agreed("c", 1), agreed("a", 0.6), agreed("b", 1), agreed("d", 1.0 / 3));
        notes.decided(classified(note("e", "clinic", TEN.plusSeconds(9), "New."), V1, "other"));

        assertThat(notes.ids(ALL)).containsExactly("b", "c", "e", "a", "d");
        assertThat(notes.ids(ALL, NoteOrder.DOUBT)).containsExactly("d", "a", "b", "c", "e");
        assertThat(notes.ids(ALL, NoteOrder.TIME)).containsExactly("e", "a", "b", "c", "d");
    }

    @Test
    void shouldPutWhatAPersonShouldLookAtFirst() throws IOException {
        // given
        notes.decided(
                unclassifiable(note("undecided"), V1),
                judged("sure", 1, Verdict.Confidence.HIGH, false),
                judged("medium", 1, Verdict.Confidence.MEDIUM, false),
                judged("unstated", 1, Verdict.Confidence.UNSTATED, false),
                judged("unsure", 1, Verdict.Confidence.LOW, false),
                judged("split", 0.6, Verdict.Confidence.HIGH, false),
                judged("failed", 1, Verdict.Confidence.MEDIUM, true),
                judged("everything", 0.4, Verdict.Confidence.LOW, true),
                unclassifiable(note("labelled"), V1),
                reviewed("labelled", V1, "other"));

        // then
        assertThat(notes.ids(ALL, NoteOrder.DOUBT))
                .containsExactly(
                        "undecided",
                        "everything",
                        "unsure",
                        "failed",
                        "unstated",
                        "split",
                        "medium",
                        "labelled",
                        "sure");
    }

    private static AuditEvent judged(String id, double agreement, Verdict.Confidence confidence, boolean failed) {
        Note note = note(id);
        AuditEvent.Classified event =
                classified(note, V1, "other", agreement, MODEL, failed ? List.of() : evidence(note, "The text"));
        Verdict v = event.verdict();
        Verdict said = new Verdict(
                v.taxonomy(),
                v.category(),
                null,
                v.evidence(),
                v.rationale(),
                confidence,
                v.reasoning(),
                v.votes(),
                v.agreement(),
                List.of(),
                v.checks(),
                v.provenance(),
                v.usage(),
                v.classifiedAt());
        return new AuditEvent.Classified(1, event.eventId(), note, event.position(), said);
    }

    @Test
    void shouldDrawTheSameRandomSampleEveryTime() throws IOException {
        // given notes whose ids and labels go together
        int all = 2_000;
        for (int i = 0; i < all; i++) {
            notes.index.apply(
                    classified(note("n" + (10_000 + i)), V1, i < all / 4 ? "missed-retrieval" : "other"),
                    new Position(0, i));
        }
        notes.index.refresh();

        // when
        List<String> sample = notes.page(ALL, NoteOrder.RANDOM, 400, null).notes().stream()
                .filter(note -> note.category().equals("missed-retrieval"))
                .map(NoteSummary::noteId)
                .toList();

        // then a quarter of the sample, give or take three standard errors, is of the quarter
        assertThat(sample.size()).isBetween(76, 124);
        // and more notes and decisions do not move the order
        List<String> before = notes.idsPageByPage(ALL, NoteOrder.RANDOM, 500);
        notes.index.apply(reviewed(before.getFirst(), V1, "no-error"), new Position(0, all));
        notes.index.refresh();
        assertThat(notes.idsPageByPage(ALL, NoteOrder.RANDOM, 300)).isEqualTo(before);
    }

    @Test
    void shouldKnowWhichNotesWereDrawn() throws IOException {
        // given
        notes.decided(
                classified(note("a"), V1, "other"),
                classified(note("b"), V1, "other"),
                classified(note("c"), V1, "other"),
                reviewed("a", V1, "other", Selection.RANDOM),
                reviewed("a", V1, "no-error", Selection.CHOSEN),
                reviewed("b", V1, "other", Selection.DOUBT));

        // then
        assertThat(notes.ids(drawn(true))).containsExactly("a");
        assertThat(notes.ids(drawn(false))).containsExactly("b", "c");
    }

    private static NoteQuery drawn(boolean wanted) {
        return new NoteQuery(
                V1,
                null,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                NoteQuery.Period.ALL,
                NoteQuery.Range.WHOLE,
                null,
                wanted,
                Set.of());
    }

    @Test
    void shouldCountWhatR1AndPeopleSaidInEverySegment() throws IOException {
        // given each in a segment of its own, and some changed later
        notes.decided(classified(note("a"), V1, "other"));
        notes.decided(classified(note("b"), V1, "no-error"));
        notes.decided(classified(note("c"), V1, "other"), classified(note("c"), V2, "no-error"));
        notes.decided(unclassifiable(note("d"), V1));
        notes.decided(reviewed("a", V1, "no-error", Selection.DOUBT), reviewed("unheard-of", V1, "other"));
        notes.decided(reviewed("b", V1, "no-error", Selection.RANDOM), reviewed("d", V1, "other"));
        notes.decided(classified(note("a"), V1, "missed-retrieval"), reviewed("c", V2, "other"));

        // when
        LabelPairs all = notes.index.read(snapshot -> snapshot.labelPairs(ALL, false));
        LabelPairs drawn = notes.index.read(snapshot -> snapshot.labelPairs(ALL, true));

        // then
        assertThat(all.verdicts()).isEqualTo(Map.of("missed-retrieval", 1L, "no-error", 1L, "other", 1L));
        assertThat(all.confusion().cells())
                .containsExactly(
                        new Confusion.Cell("missed-retrieval", "no-error", 1),
                        new Confusion.Cell("no-error", "no-error", 1));
        assertThat(all.undecidedReviewed()).isEqualTo(1);
        assertThat(drawn.verdicts()).isEqualTo(all.verdicts());
        assertThat(drawn.confusion().cells()).containsExactly(new Confusion.Cell("no-error", "no-error", 1));
        assertThat(drawn.undecidedReviewed()).isZero();
    }

    @Test
    void shouldPageThroughEveryOrderWithoutLossOrRepetition() throws IOException {
        for (int i = 0; i < 57; i++) {
            notes.decided(agreed("n" + i, (i % 4) / 4.0));
        }
        for (NoteOrder order : NoteOrder.values()) {
            assertThat(notes.idsPageByPage(ALL, order, 5))
                    .as(order.code())
                    .isEqualTo(notes.ids(ALL, order))
                    .hasSize(57)
                    .doesNotHaveDuplicates();
        }
        assertThat(notes.page(ALL, NoteOrder.AGREEMENT, 57, null).cursor()).isNull();
    }

    @Test
    void shouldGoOnWhereAPageEndedWhateverCameBefore() throws IOException {
        notes.decided(agreed("b", 0.9), agreed("c", 0.8), agreed("d", 0.7));
        String cursor = notes.page(ALL, NoteOrder.AGREEMENT, 2, null).cursor();

        notes.decided(agreed("a", 1), reviewed("c", V1, "no-error"));

        assertThat(notes.page(ALL, NoteOrder.AGREEMENT, 2, cursor).notes())
                .extracting(NoteSummary::noteId)
                .containsExactly("d");
    }

    @Test
    void shouldRefuseCursorsOfOtherLists() throws IOException {
        notes.decided(agreed("a", 1), agreed("b", 1));
        String cursor = notes.page(ALL, NoteOrder.AGREEMENT, 1, null).cursor();

        for (String foreign : List.of("", "%", "QUJD", cursor + "AA%", cursor.substring(4), "x".repeat(100_000))) {
            assertThatThrownBy(() -> notes.page(ALL, NoteOrder.AGREEMENT, 1, foreign))
                    .as(foreign)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> notes.page(ALL, NoteOrder.TIME, 1, cursor))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> notes.page(of("other"), NoteOrder.AGREEMENT, 1, cursor))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFilter() throws IOException {
        Note labelled = new Note(
                "a", "One.", "clinic", TEN, null, null, null, List.of(), Map.of("model", "llama", "x:y", "z"), null);
        notes.decided(
                classified(labelled, V1, "other", 0.5, MODEL, List.of()),
                classified(note("b", "app", TEN.plusMillis(1), "Two."), V1, "other"),
                classified(note("c", "chat", TEN.plusSeconds(60), "Three."), V1, "no-error"),
                reviewed("c", V1, "no-error"));

        assertThat(notes.ids(ALL.of(Set.of("app", "chat"), NoteQuery.Period.ALL)))
                .containsExactly("b", "c");
        assertThat(notes.ids(ALL.of(Set.of(), new NoteQuery.Period(null, TEN.plusMillis(1), TEN.plusSeconds(60)))))
                .containsExactly("b");
        assertThat(notes.ids(filter(Set.of("model:llama", "x:y:z"), NoteQuery.Range.WHOLE, null, Set.of())))
                .containsExactly("a");
        assertThat(notes.ids(filter(Set.of(), new NoteQuery.Range(0.4, 0.5), null, Set.of())))
                .containsExactly("a");
        assertThat(notes.ids(filter(Set.of(), NoteQuery.Range.WHOLE, true, Set.of())))
                .containsExactly("c");
        assertThat(notes.ids(filter(Set.of(), NoteQuery.Range.WHOLE, false, Set.of())))
                .containsExactly("b", "a");
        assertThat(notes.ids(filter(Set.of(), NoteQuery.Range.WHOLE, null, Set.of(Check.QUOTE_FOUND))))
                .containsExactly("a");
    }

    private static NoteQuery filter(
            Set<String> dimensions, NoteQuery.Range agreement, Boolean reviewed, Set<Check> failed) {
        return new NoteQuery(
                V1,
                null,
                Set.of(),
                Set.of(),
                Set.of(),
                dimensions,
                NoteQuery.Period.ALL,
                agreement,
                reviewed,
                null,
                failed);
    }

    @Test
    void shouldTakeTimesThatNoClockShows() throws IOException {
        notes.decided(
                classified(note("old", "clinic", Instant.MIN, "Old."), V1, "other"),
                classified(note("new", "clinic", Instant.MAX, "New."), V1, "other"));

        assertThat(notes.ids(ALL, NoteOrder.TIME)).containsExactly("new", "old");
        assertThat(notes.ids(ALL.of(Set.of(), new NoteQuery.Period(null, TEN, null))))
                .containsExactly("new");
    }

    @Test
    void shouldTakeHugeAndBrokenTexts() throws IOException {
        String longId = "i".repeat(40_000);
        String broken = "broken \uD800 text";
        notes.decided(
                classified(note(longId, "s".repeat(40_000), TEN, "\uFDFA".repeat(100_000)), V1, "o".repeat(40_000)),
                classified(note("b\uDC00", "clinic", TEN, broken), V1, "other"));

        assertThat(notes.page(ALL, NoteOrder.AGREEMENT, 10, null).total()).isEqualTo(2);
        assertThat(notes.note(longId).source()).hasSize(40_000);
        assertThat(notes.ids(ALL.saying("broken"))).hasSize(1);
        assertThat(notes.idsPageByPage(ALL, NoteOrder.AGREEMENT, 1)).hasSize(2);
    }

    @Test
    void shouldCountExactlyUpToABound() throws IOException {
        AuditEvent[] many = IntStream.range(0, NoteSnapshot.MOST_COUNTED + 500)
                .mapToObj(i -> agreed("n" + i, 1))
                .toArray(AuditEvent[]::new);
        notes.decided(many);

        NotePage byTime = notes.page(ALL, NoteOrder.TIME, 5, null);

        assertThat(byTime.totalExact() ? byTime.total() == many.length : byTime.total() == NoteSnapshot.MOST_COUNTED)
                .isTrue();
        assertThat(notes.index.<Long>read(found -> found.count(ALL))).isEqualTo(many.length);
    }

    @Test
    void shouldForgetWhatWasDecidedLongAgo() throws IOException {
        notes.decided(classified(note("a"), V1, "other"));

        notes.index.forget(TEN);
        notes.index.refresh();
        assertThat(notes.ids(ALL)).containsExactly("a");

        notes.index.forget(TEN.plus(Duration.ofMillis(1)));
        notes.index.refresh();
        assertThat(notes.ids(ALL)).isEmpty();
    }

    @Test
    void shouldLeaveNoWordOfAnErasedNoteInAnyFile() throws IOException {
        // given: words are in files that are committed, together with those of many others
        Note note = Note.of("a", "desk", "zzmark was here");
        notes.decided(classified(note, V1, "other"));
        for (int i = 0; i < 50; i++) {
            notes.index.apply(classified(note("n" + i), V1, "other"), new Position(0, 10 + i));
        }
        notes.index.refresh();
        notes.index.commit(CommitData.NONE);
        assertThat(filesWith("zzmark")).isNotEmpty();

        // when
        notes.index.apply(
                new AuditEvent.Erased(1, "e/0", "a", "e", "dpo", null, 1, 4, "0".repeat(64), TEN), new Position(0, 99));
        notes.index.refresh();
        notes.index.commit(CommitData.NONE);

        // then
        IndexedNote erased = notes.note("a");
        assertThat(erased.texts()).containsExactly("[erased]");
        assertThat(erased.label(V1).orElseThrow().category()).isEqualTo("other");
        assertThat(erased.label(V1).orElseThrow().quote()).isNull();
        assertThat(erased.history()).hasSize(2);
        notes.index.refresh();
        notes.index.commit(CommitData.NONE);
        assertThat(filesWith("zzmark")).isEmpty();
    }

    @Test
    void shouldKnowNoNoteThatIsOnlyErased() throws IOException {
        boolean isNew = notes.index.apply(
                new AuditEvent.Erased(1, "e/0", "x", "e", "dpo", null, 1, 4, "0".repeat(64), TEN), new Position(0, 1));

        assertThat(isNew).isFalse();
    }

    private List<String> filesWith(String word) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word)) {
                    found.add(file.toString());
                }
            }
        }
        return found;
    }

    @Test
    void shouldKeepTheLatestThousandDecisions() throws IOException {
        notes.decided(classified(note("a"), V1, "other"));
        for (int i = 0; i < IndexedNote.MOST_HISTORY; i++) {
            notes.index.apply(reviewed("a", V1, "no-error"), new Position(0, 1 + i));
        }
        notes.index.refresh();

        assertThat(notes.note("a").history()).hasSize(IndexedNote.MOST_HISTORY);
        assertThat(notes.note("a").history().getLast()).isEqualTo(new Position(0, IndexedNote.MOST_HISTORY));
        assertThat(notes.note("a").shownAt(V1)).contains(new Position(0, 0));
    }
}
