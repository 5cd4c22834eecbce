package io.rationale.core.seal;

import io.rationale.core.json.Bytes;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** One hash over all notices of an erasure, in whichever order they stand: the audit event of the erasure seals it. */
public final class ErasureDigest {
    private ErasureDigest() {}

    /**
     * SHA-256 over one line for each notice, sorted by topic, partition and offset: these, the record's digest and
     * that of what stands in its place ({@code -} for nothing), single spaces between, a line feed behind each.
     */
    public static String of(Collection<ChainEvent.Erased> notices) {
        return Bytes.utf8(notices.stream()
                        .sorted(Comparator.comparing(ChainEvent.Erased::topic)
                                .thenComparing(ChainEvent.Erased::partition)
                                .thenComparing(ChainEvent.Erased::offset))
                        .map(ErasureDigest::line)
                        .collect(Collectors.joining()))
                .sha256();
    }

    private static String line(ChainEvent.Erased each) {
        return String.join(
                        " ",
                        each.topic(),
                        String.valueOf(each.partition()),
                        String.valueOf(each.offset()),
                        each.digest(),
                        each.replacement() == null ? "-" : each.replacement())
                + "\n";
    }
}
