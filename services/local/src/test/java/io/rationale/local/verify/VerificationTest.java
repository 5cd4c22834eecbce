package io.rationale.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.seal.ChainHead;
import io.rationale.core.seal.ErasureDigest;
import io.rationale.core.topic.Topics;
import io.rationale.local.verify.log.DirectoryLogs;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may do to a ledger, and how it is told. */
class VerificationTest {
    @TempDir
    Path directory;

    private Ledger ledger;

    @BeforeEach
    void make() {
        ledger = new Ledger();
        ledger.classify(0).classify(4).seal();
        ledger.classify(8).review(1, null, "other").sealPublished();
        ledger.review(1, null, "no-error").seal().publish();
    }

    @Test
    void shouldFindNothingWhereNothingWasDone() throws Exception {
        // when
        Verification.Result result = verify();

        // then
        assertThat(result.findings().faults()).isEmpty();
        assertThat(result.isWhole()).isTrue();
        assertThat(result.records()).isEqualTo(14);
        assertThat(result.partitions().getFirst().unsealed()).isZero();
        assertThat(Stream.of(Check.values())
                        .filter(check -> result.findings().of(check).checked() == 0)
                        .toList())
                .as("nothing was erased")
                .containsExactly(Check.ERASURES);
        assertThat(Stream.of(Check.values())
                        .mapToLong(check -> result.findings().of(check).leftOut()))
                .containsOnly(0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {Ledger.AUDIT, Ledger.CHAIN, Ledger.EXCHANGES, Ledger.NOTES, Ledger.STATISTICS})
    void shouldFindEveryFlippedByte(String topic) throws Exception {
        // given
        Path folder = ledger.write(directory).resolve(topic + "-0");
        long seed = new Random().nextLong();
        System.out.println("VerificationTest " + topic + " seed " + seed);
        Random random = new Random(seed);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                byte[] whole = Files.readAllBytes(file);
                for (int i = 0; i < 40; i++) {
                    int at = random.nextInt(whole.length);
                    if (isNoContent(topic, whole, at)) {
                        continue;
                    }
                    byte[] changed = whole.clone();
                    changed[at] ^= (byte) (1 << random.nextInt(8));
                    Files.write(file, changed);

                    // when
                    Verification.Result result = verifyWritten(List.of());

                    // then
                    assertThat(result.isWhole())
                            .as("octet %d of %s", at, file.getFileName())
                            .isFalse();
                }
                Files.write(file, whole);
            }
        }
    }

    /**
     * Two fields that no checksum covers: the leader epoch, which without a checkpoint file nobody knows, and the offsets
     * of published counts and links, which nothing points to.
     */
    private static boolean isNoContent(String topic, byte[] segment, int at) {
        int begin = 0;
        while (true) {
            int size = 12 + java.nio.ByteBuffer.wrap(segment, begin + 8, 4).getInt();
            if (at < begin + size) {
                boolean isOffset = at < begin + 8;
                boolean isFreeOffset = isOffset && (topic.equals(Ledger.STATISTICS) || topic.equals(Ledger.CHAIN));
                return isFreeOffset || (at >= begin + 12 && at < begin + 16);
            }
            begin += size;
        }
    }

    /** What is changed, what tells it first, and with which words. */
    private record Mutation(String name, Check told, String words, Change change) {
        interface Change {
            void to(Ledger ledger);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Mutation> mutations() {
        return List.of(
                new Mutation(
                        "event replaced",
                        Check.CHAIN,
                        "changed",
                        l -> l.replace(
                                Ledger.AUDIT, 2, value -> value.replace("cut in the middle", "cut in the end   "))),
                new Mutation("event dropped", Check.CHAIN, "1 missing", l -> l.records(Ledger.AUDIT)
                        .remove(3)),
                new Mutation("event inserted", Check.CHAIN, "1 too many", l -> l.records(Ledger.AUDIT)
                        .add(4, moved(l.records(Ledger.AUDIT).get(3), 4))),
                new Mutation("events swapped", Check.CHAIN, "changed", l -> {
                    StoredRecord one = l.records(Ledger.AUDIT).get(1);
                    StoredRecord two = l.records(Ledger.AUDIT).get(2);
                    l.records(Ledger.AUDIT).set(1, moved(two, 1));
                    l.records(Ledger.AUDIT).set(2, moved(one, 2));
                }),
                new Mutation("first events dropped", Check.CHAIN, "no longer there", l -> l.records(Ledger.AUDIT)
                        .subList(0, 5)
                        .clear()),
                new Mutation("last events dropped", Check.CHAIN, "missing", l -> l.records(Ledger.AUDIT)
                        .subList(12, 14)
                        .clear()),
                new Mutation("all events dropped", Check.CHAIN, "there", l -> l.records(Ledger.AUDIT)
                        .clear()),
                new Mutation("link dropped", Check.CHAIN, "does not follow", l -> l.records(Ledger.CHAIN)
                        .remove(1)),
                new Mutation("first link dropped", Check.CHAIN, "begins with link 2", l -> l.records(Ledger.CHAIN)
                        .remove(0)),
                new Mutation("last link dropped", Check.CHAIN, "ends with link 2", l -> l.records(Ledger.CHAIN)
                        .remove(2)),
                new Mutation("all links dropped", Check.CHAIN, "ends with link 0", l -> l.records(Ledger.CHAIN)
                        .clear()),
                new Mutation("ends of audit and chain dropped", Check.CHAIN, "ends with link 2", l -> {
                    l.records(Ledger.AUDIT).remove(13);
                    l.records(Ledger.CHAIN).remove(2);
                }),
                new Mutation(
                        "link changed",
                        Check.CHAIN,
                        "was changed",
                        l -> l.replace(Ledger.CHAIN, 1, value -> value.replace("\"records\":5", "\"records\":6"))),
                new Mutation(
                        "exchange changed",
                        Check.EXCHANGE,
                        "was changed",
                        l -> l.replace(Ledger.EXCHANGES, 1, value -> value.replaceFirst("I think", "I know!"))),
                new Mutation("exchange dropped", Check.EXCHANGE, "is not there", l -> l.records(Ledger.EXCHANGES)
                        .remove(0)),
                new Mutation(
                        "note changed",
                        Check.NOTE,
                        "is not the one",
                        l -> l.replace(Ledger.NOTES, 1, value -> value.replace("middle", "muddle"))),
                new Mutation(
                        "published count changed",
                        Check.STATISTICS,
                        "the audit comes to",
                        l -> l.replace(
                                Ledger.STATISTICS, 1, value -> value.replaceFirst("\"count\":\\d+", "\"count\":7"))),
                new Mutation("published count dropped", Check.STATISTICS, "the audit comes to", l -> l.records(
                                Ledger.STATISTICS)
                        .remove(1)));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void shouldFindWhatSomebodyDoesWhoMendsChecksums(Mutation mutation) throws Exception {
        // given
        mutation.change().to(ledger);

        // when
        Verification.Result result = verify();

        // then
        assertThat(result.isWhole()).isFalse();
        Fault first = result.findings().faults().stream()
                .filter(fault -> fault.check() == mutation.told())
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.findings().faults()));
        assertThat(first.sentence()).contains(mutation.words());
    }

    /** Changes after which the chain is forged anew over everything, so that only what an event says can tell. */
    static List<Mutation> forgeries() {
        return List.of(
                new Mutation(
                        "label",
                        Check.VERDICT,
                        "does not follow",
                        l -> l.replace(
                                Ledger.AUDIT,
                                2,
                                value -> value.replace("\"" + l.label(2) + "\"", "\"" + l.label(5) + "\""))),
                new Mutation(
                        "passage",
                        Check.REASONING,
                        "does not stand",
                        l -> l.replace(Ledger.AUDIT, 2, value -> value.replace("I think", "I know!"))),
                new Mutation(
                        "quote",
                        Check.QUOTES,
                        "does not stand",
                        l -> l.replace(
                                Ledger.AUDIT,
                                2,
                                value -> value.replace("\"quote\":\"chunk 2\"", "\"quote\":\"chunk 9\""))),
                new Mutation(
                        "offset of a quote",
                        Check.QUOTES,
                        "does not stand",
                        l -> l.replace(Ledger.AUDIT, 2, value -> value.replaceFirst("\"start\":\\d+", "\"start\":1"))),
                new Mutation(
                        "sentence",
                        Check.VERDICT,
                        "does not follow",
                        l -> l.replace(Ledger.AUDIT, 2, value -> value.replace("Because.", "Why not."))),
                new Mutation(
                        "votes",
                        Check.VOTES,
                        "do not recount",
                        l -> l.replace(
                                Ledger.AUDIT,
                                2,
                                value -> value.replaceFirst("(\"votes\":\\{\"[^\"]+\"):1", "$1:2,\"x\":5"))),
                new Mutation(
                        "agreement",
                        Check.VOTES,
                        "do not recount",
                        l -> l.replace(
                                Ledger.AUDIT, 2, value -> value.replace("\"agreement\":1.0", "\"agreement\":0.5"))),
                new Mutation(
                        "note's words",
                        Check.PROMPT,
                        "as it is encoded",
                        l -> l.replace(Ledger.AUDIT, 2, value -> value.replace("cut in the middle", "cut in the end"))),
                new Mutation(
                        "another note's id",
                        Check.EVENT,
                        "key",
                        l -> l.replace(
                                Ledger.AUDIT, 2, value -> value.replace("\"id\":\"note-2\"", "\"id\":\"note-3\""))),
                new Mutation(
                        "old category of a review",
                        Check.REVIEWS,
                        "stood before",
                        l -> l.replace(
                                Ledger.AUDIT,
                                13,
                                value -> value.replace("\"oldCategory\":\"other\"", "\"oldCategory\":\"no-error\""))),
                new Mutation(
                        "new category of a review",
                        Check.STATISTICS,
                        "the audit comes to",
                        l -> l.replace(
                                Ledger.AUDIT,
                                13,
                                value -> value.replace("\"newCategory\":\"no-error\"", "\"newCategory\":\"other\""))),
                new Mutation(
                        "pointer",
                        Check.EXCHANGE,
                        "SHA-256",
                        l -> l.replace(
                                Ledger.AUDIT,
                                2,
                                value -> value.replace(
                                        "\"topic\":\"rationale.exchanges\",\"partition\":0,\"offset\":0",
                                        "\"topic\":\"rationale.exchanges\",\"partition\":0,\"offset\":1"))));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void shouldFindWhatDoesNotFollowUnderAForgedChain(Mutation forgery) throws Exception {
        // given
        forgery.change().to(ledger);
        ledger.sealAnew();

        // when
        Verification.Result result = verify();

        // then
        assertThat(result.findings().of(Check.CHAIN).broken()).isZero();
        assertThat(result.findings().faults()).anySatisfy(fault -> {
            assertThat(fault.check()).isEqualTo(forgery.told());
            assertThat(fault.sentence()).contains(forgery.words());
        });
    }

    @Test
    void shouldFindAChainThatWasWrittenAnewByItsAnchor() throws Exception {
        // given
        List<Anchor> anchors = anchors(verify());
        ledger.sealAnew();

        // when
        Verification.Result without = verify();
        Verification.Result with = verify(anchors);

        // then
        assertThat(without.isWhole()).isTrue();
        assertThat(with.findings().faults().getFirst().sentence()).contains("written anew");
    }

    @Test
    void shouldAcceptALongerChainThanItsAnchor() throws Exception {
        // given
        List<Anchor> anchors = anchors(verify());
        ledger.records(Ledger.STATISTICS).clear();
        ledger.classify(20).seal().publish();

        // when
        Verification.Result result = verify(Anchor.read(Anchor.lines(anchors)));

        // then
        assertThat(result.findings().faults()).isEmpty();
    }

    @Test
    void shouldFindWhatLinksSayWasPublished() throws Exception {
        // given: the published counts of the second link were others
        ledger.records(Ledger.CHAIN).clear();
        ledger.records(Ledger.OFFSETS).clear();
        ledger = new Ledger();
        ledger.classify(0).sealPublished();
        ledger.replace(Ledger.CHAIN, 0, value -> forged(value, ledger.label(0)));
        ledger.records(Ledger.OFFSETS).clear();
        ledger.publish();

        // when
        Verification.Result result = verify();

        // then
        assertThat(result.findings().faults()).singleElement().satisfies(fault -> assertThat(fault.sentence())
                .contains("Link 1 says that the statistics counted otherwise"));
    }

    private static String forged(String link, String label) {
        ChainEvent.Sealed old = (ChainEvent.Sealed) Json.read(link.getBytes(StandardCharsets.UTF_8), ChainEvent.class);
        var digest = new io.rationale.core.seal.PublishedDigest();
        digest.add(Ledger.TAXONOMY.ref(), label, 99);
        ChainEvent.Sealed open = new ChainEvent.Sealed(
                1,
                old.topic(),
                0,
                1,
                old.firstOffset(),
                old.lastOffset(),
                old.records(),
                old.digest(),
                old.previous(),
                "",
                old.at(),
                digest.seal(old.published().counted(), 99));
        return Json.line(io.rationale.core.seal.Forging.withHash(open));
    }

    @Test
    void shouldKeepAnErasedEventVerifiableAsErased() throws Exception {
        // given
        StoredRecord gone = ledger.records(Ledger.AUDIT).remove(2);
        StoredRecord rewritten = ledger.records(Ledger.AUDIT).get(4);
        ledger.replace(Ledger.AUDIT, 4, value -> "{}");
        erased(
                notice(gone, null),
                notice(rewritten, ledger.records(Ledger.AUDIT).get(4)));

        // when
        Verification.Result result = verify();

        // then
        assertThat(result.findings().of(Check.CHAIN).broken()).isZero();
        assertThat(result.isWhole()).isTrue();
        assertThat(result.partitions().getFirst().erased()).isEqualTo(2);
    }

    @Test
    void shouldFindWhatPassesForAnErasure() throws Exception {
        // given: somebody changed an event, and wrote a notice about it
        StoredRecord rewritten = ledger.records(Ledger.AUDIT).get(4);
        ledger.replace(Ledger.AUDIT, 4, value -> "{}");
        notice(rewritten, ledger.records(Ledger.AUDIT).get(4));

        // when
        Verification.Result result = verify();

        // then
        assertThat(result.findings().faults().getFirst().check()).isEqualTo(Check.ERASURES);
        assertThat(result.findings().faults().getFirst().sentence()).contains("the audit records no such erasure");
    }

    @Test
    void shouldFindANoticeThatWasAddedToAnErasure() throws Exception {
        // given
        StoredRecord first = ledger.records(Ledger.AUDIT).get(4);
        ledger.replace(Ledger.AUDIT, 4, value -> "{}");
        erased(notice(first, ledger.records(Ledger.AUDIT).get(4)));
        StoredRecord second = ledger.records(Ledger.AUDIT).get(6);
        ledger.replace(Ledger.AUDIT, 6, value -> "{}");
        notice(second, ledger.records(Ledger.AUDIT).get(6));

        // when
        Verification.Result result = verify();

        // then
        assertThat(result.findings().of(Check.ERASURES).broken()).isEqualTo(1);
        assertThat(result.findings().faults().getFirst().sentence()).contains("one was added, changed or removed");
    }

    @Test
    void shouldFindWhatWasChangedAfterItWasErased() throws Exception {
        // given
        StoredRecord first = ledger.records(Ledger.AUDIT).get(4);
        ledger.replace(Ledger.AUDIT, 4, value -> "{}");
        erased(notice(first, ledger.records(Ledger.AUDIT).get(4)));
        ledger.replace(Ledger.AUDIT, 4, value -> "{\"other\":1}");

        // when
        Verification.Result result = verify();

        // then
        assertThat(result.findings().of(Check.CHAIN).broken()).isEqualTo(1);
        assertThat(result.findings().faults().getFirst().sentence())
                .isEqualTo("The record was erased, and something else stands there now.");
    }

    /** @param now what stands in its place, or null for nothing */
    private ChainEvent.Erased notice(StoredRecord erased, StoredRecord now) {
        ChainEvent.Erased notice = new ChainEvent.Erased(
                1,
                Ledger.AUDIT,
                0,
                erased.offset(),
                hex(erased),
                "ops",
                "asked",
                Instant.parse("2026-11-23T09:00:00Z"),
                "e-1",
                now == null ? null : hex(now));
        List<StoredRecord> chain = ledger.records(Ledger.CHAIN);
        chain.add(new StoredRecord(
                0, chain.size(), 0, notice.key().getBytes(StandardCharsets.UTF_8), List.of(), Json.bytes(notice)));
        return notice;
    }

    private static String hex(StoredRecord record) {
        return HexFormat.of().formatHex(record.digest().toArray());
    }

    /** The audit records that erasure. */
    private void erased(ChainEvent.Erased... notices) {
        AuditEvent.Erased event = new AuditEvent.Erased(
                1,
                "e-1/0",
                "n-2",
                "e-1",
                "ops",
                "asked",
                1,
                notices.length,
                ErasureDigest.of(List.of(notices)),
                Instant.parse("2026-11-23T09:00:00Z"));
        List<StoredRecord> audit = ledger.records(Ledger.AUDIT);
        audit.add(new StoredRecord(
                0,
                audit.getLast().offset() + 1,
                0,
                event.noteId().getBytes(StandardCharsets.UTF_8),
                List.of(),
                Json.bytes(event)));
    }

    @Test
    void shouldTellWhatIsNotSealedYet() throws Exception {
        // given
        ledger.records(Ledger.STATISTICS).clear();
        ledger.classify(30).publish();

        // when
        Verification.Result result = verify();

        // then
        assertThat(result.findings().faults()).isEmpty();
        assertThat(result.partitions().getFirst().unsealed()).isEqualTo(4);
        assertThat(result.partitions().getFirst().firstUnsealed()).isEqualTo(17);
    }

    @Test
    void shouldLeaveOutNotesAndEventsThatExpired() throws Exception {
        // given
        ledger.records(Ledger.NOTES).subList(0, 5).clear();
        ledger.records(Ledger.AUDIT).subList(0, 5).clear();

        // when
        Verification.Result strict = verify();
        Verification.Result lenient = verify(List.of(), true);

        // then
        assertThat(strict.isWhole()).isFalse();
        assertThat(lenient.findings().faults()).isEmpty();
        assertThat(lenient.findings().of(Check.STATISTICS).leftOut()).isEqualTo(1);
    }

    @Test
    void shouldFindTruncatedAndDeletedFiles() throws Exception {
        // given
        Path folder = ledger.write(directory).resolve(Ledger.AUDIT + "-0");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            for (int length : new int[] {0, 30, whole.length / 2, whole.length - 1}) {
                // when
                Files.write(file, Arrays.copyOf(whole, length));

                // then
                assertThat(verifyWritten(List.of()).isWhole()).isFalse();
            }
            Files.delete(file);
            assertThat(verifyWritten(List.of()).isWhole()).isFalse();
            Files.write(file, whole);
        }
        assertThat(verifyWritten(List.of()).isWhole()).isTrue();
    }

    @Test
    void shouldChangeNothing() throws Exception {
        // given
        ledger.write(directory);
        Set<String> before = state();

        // when
        verifyWritten(List.of());

        // then
        assertThat(state()).isEqualTo(before);
    }

    private Set<String> state() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> {
                        try {
                            return file + " " + Files.getLastModifiedTime(file) + " "
                                    + (Files.isDirectory(file) ? "" : Arrays.hashCode(Files.readAllBytes(file)));
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .collect(Collectors.toSet());
        }
    }

    private static StoredRecord moved(StoredRecord each, long offset) {
        return new StoredRecord(0, offset, each.timestamp(), each.keyBytes(), List.of(), each.value());
    }

    private static List<Anchor> anchors(Verification.Result result) {
        return result.partitions().stream()
                .map(each -> new Anchor(
                        Ledger.AUDIT,
                        each.partition(),
                        new ChainHead(
                                each.head().sequence(),
                                each.head().lastOffset(),
                                each.head().hash())))
                .toList();
    }

    private Verification.Result verify() throws Exception {
        return verify(List.of());
    }

    private Verification.Result verify(List<Anchor> anchors) throws Exception {
        return verify(anchors, false);
    }

    private Verification.Result verify(List<Anchor> anchors, boolean mayExpire) throws Exception {
        Path fresh = directory.resolve(String.valueOf(IntStream.iterate(0, i -> i + 1)
                .filter(i -> !Files.exists(directory.resolve(String.valueOf(i))))
                .findFirst()
                .orElseThrow()));
        return verify(ledger.write(fresh), anchors, mayExpire);
    }

    private Verification.Result verifyWritten(List<Anchor> anchors) throws Exception {
        return verify(directory.resolve("kafka"), anchors, false);
    }

    private static Verification.Result verify(Path kafka, List<Anchor> anchors, boolean mayExpire) throws Exception {
        Findings findings = new Findings();
        try (RecordLogs logs = new DirectoryLogs(kafka, findings)) {
            Verification.Settings settings = new Verification.Settings(
                    Topics.DEFAULT,
                    "rationale.console-2",
                    "rationale.sealer",
                    List.of(Ledger.TAXONOMY),
                    anchors,
                    mayExpire,
                    false);
            return new Verification(logs, settings, findings, (events, of) -> {}).run();
        }
    }
}
