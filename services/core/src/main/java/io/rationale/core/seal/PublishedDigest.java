package io.rationale.core.seal;

import io.rationale.core.json.Bytes;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A canonical form of counts over all time: how many notes have which label under which version. One line each, {@code
 * taxonomy}, version, category (empty for undecided notes) and count, each text as the SHA-256 of its UTF-8 bytes, sorted;
 * counts of 0 have no line. Used by one thread.
 */
public final class PublishedDigest {
    private final Map<String, Long> counts = new TreeMap<>();

    /** Adds notes of that label; null for undecided ones. */
    public void add(TaxonomyRef taxonomy, String category, long notes) {
        String line = Bytes.utf8(taxonomy.id()).sha256() + " " + taxonomy.version() + " "
                + (category == null ? "-" : Bytes.utf8(category).sha256());
        counts.merge(line, notes, Long::sum);
    }

    /** What is sealed. */
    public Published seal(long counted, long notes) {
        MessageDigest sha256 = RecordDigest.sha256();
        counts.forEach((line, count) -> {
            if (count != 0) {
                sha256.update((line + " " + count + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        });
        return new Published(counted, notes, HexFormat.of().formatHex(sha256.digest()));
    }
}
