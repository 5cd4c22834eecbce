package io.rationale.local.verify;

import io.rationale.core.topic.Topics;
import io.rationale.local.verify.log.DirectoryLogs;
import io.rationale.local.verify.log.RecordLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that is made before each test: fourteen events under three links; and its verification. */
abstract class LedgerVerification {
    @TempDir
    Path directory;

    Ledger ledger;

    @BeforeEach
    void make() {
        ledger = new Ledger();
        ledger.classify(0).classify(4).seal();
        ledger.classify(8).review(1, null, "other").sealPublished();
        ledger.review(1, null, "no-error").seal().publish();
    }

    Verification.Result verify() throws Exception {
        return verify(List.of());
    }

    Verification.Result verify(List<Anchor> anchors) throws Exception {
        return verify(anchors, false);
    }

    Verification.Result verify(List<Anchor> anchors, boolean mayExpire) throws Exception {
        Path fresh = directory.resolve(String.valueOf(IntStream.iterate(0, i -> i + 1)
                .filter(i -> !Files.exists(directory.resolve(String.valueOf(i))))
                .findFirst()
                .orElseThrow()));
        return verify(ledger.write(fresh), anchors, mayExpire);
    }

    Verification.Result verifyWritten(List<Anchor> anchors) throws Exception {
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
