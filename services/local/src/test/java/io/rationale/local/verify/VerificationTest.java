package io.rationale.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.seal.ChainHead;
import io.rationale.core.seal.ErasureDigest;
import io.rationale.local.verify.log.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of a ledger that nobody changed, of its anchors, of erasures, and of what is not there yet or no more. */
class VerificationTest extends LedgerVerification {
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
}
