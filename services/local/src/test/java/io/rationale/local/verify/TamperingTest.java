package io.rationale.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.local.verify.log.StoredRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may do to a ledger, and how it is told. */
class TamperingTest extends LedgerVerification {
    @ParameterizedTest
    @ValueSource(strings = {Ledger.AUDIT, Ledger.CHAIN, Ledger.EXCHANGES, Ledger.NOTES, Ledger.STATISTICS})
    void shouldFindEveryFlippedByte(String topic) throws Exception {
        // given
        Path folder = ledger.write(directory).resolve(topic + "-0");
        long seed = new Random().nextLong();
        System.out.println("TamperingTest " + topic + " seed " + seed);
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

    private static StoredRecord moved(StoredRecord each, long offset) {
        return new StoredRecord(0, offset, each.timestamp(), each.keyBytes(), List.of(), each.value());
    }
}
