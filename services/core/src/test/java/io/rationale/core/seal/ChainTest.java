package io.rationale.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");

    private record Field(String name, byte[] value) implements RecordDigest.Header {}

    @Test
    void shouldGiveEachRecordADigestOfItsOwn() {
        // given: records of which no two are the same, and whose bytes one behind the other are alike
        List<Bytes> digests = List.of(
                RecordDigest.of(0, 1, 2, bytes("a"), List.of(), bytes("b")),
                RecordDigest.of(1, 1, 2, bytes("a"), List.of(), bytes("b")),
                RecordDigest.of(0, 2, 2, bytes("a"), List.of(), bytes("b")),
                RecordDigest.of(0, 1, 3, bytes("a"), List.of(), bytes("b")),
                RecordDigest.of(0, 1, 2, bytes("ab"), List.of(), bytes("")),
                RecordDigest.of(0, 1, 2, bytes("a"), List.of(), null),
                RecordDigest.of(0, 1, 2, null, List.of(), bytes("b")),
                RecordDigest.of(0, 1, 2, bytes("a"), List.of(new Field("h", bytes("v"))), bytes("b")),
                RecordDigest.of(0, 1, 2, bytes("a"), List.of(new Field("hv", bytes(""))), bytes("b")),
                RecordDigest.of(0, 1, 2, bytes("a"), List.of(new Field("h", null)), bytes("b")));

        // when
        Set<Bytes> different = new HashSet<>(digests);

        // then
        assertThat(different).hasSameSizeAs(digests);
        assertThat(RecordDigest.of(0, 1, 2, bytes("a"), List.of(), bytes("b"))).isEqualTo(digests.getFirst());
    }

    @Test
    void shouldKeepTheFormOfDigestsAndHashes() {
        // given
        Bytes digest = RecordDigest.of(3, 7, 1_000, bytes("n-1"), List.of(new Field("ce_id", bytes("e"))), bytes("{}"));
        LinkBuilder link = new LinkBuilder("rationale.audit", 3, ChainHead.NONE);
        link.add(7, digest);

        // when
        ChainEvent.Sealed sealed = link.seal(NOW, null);

        // then: what is sealed today is verified in years
        assertThat(hex(digest)).isEqualTo("3f523af87930643be9d6658f5cfb92809944730f2cabd447947867d1980cfb58");
        assertThat(sealed.hash()).isEqualTo("caa311f9c094fb34e13d368b4c22046b88bcba2920b06a95c3bf5dc7860ff441");
    }

    @Test
    void shouldChainLinks() {
        // given
        ChainEvent.Sealed first = link(ChainHead.NONE, 0, 1);

        // when
        ChainEvent.Sealed second = link(first.head(), 5, 8);

        // then
        assertThat(second.previous()).isEqualTo(first.hash());
        assertThat(second.sequence()).isEqualTo(2);
        assertThat(second.hasItsHash()).isTrue();
        assertThat(Json.read(Json.bytes(second), ChainEvent.class)).isEqualTo(second);
    }

    @Test
    void shouldNoticeWhatIsChangedInALink() {
        // given
        ChainEvent.Sealed link = link(ChainHead.NONE, 0, 1);

        // when
        ChainEvent.Sealed changed = new ChainEvent.Sealed(
                link.version(),
                link.topic(),
                link.partition(),
                link.sequence(),
                link.firstOffset(),
                link.lastOffset(),
                link.records() + 1,
                link.digest(),
                link.previous(),
                link.hash(),
                link.at(),
                link.published());
        ChainEvent.Sealed counted = new ChainEvent.Sealed(
                link.version(),
                link.topic(),
                link.partition(),
                link.sequence(),
                link.firstOffset(),
                link.lastOffset(),
                link.records(),
                link.digest(),
                link.previous(),
                link.hash(),
                link.at(),
                new Published(1, 1, link.digest()));

        // then
        assertThat(changed.hasItsHash()).isFalse();
        assertThat(counted.hasItsHash()).isFalse();
    }

    @Test
    void shouldNeverSealARecordTwice() {
        // given
        LinkBuilder link = new LinkBuilder("rationale.audit", 0, new ChainHead(4, 9, "f".repeat(64)));

        // when, then
        assertThatThrownBy(() -> link.add(9, Bytes.empty())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTravelAsText() {
        // given
        ChainHead head = new ChainHead(4, 9, "0f".repeat(32));

        // when, then
        assertThat(ChainHead.ofText(head.text())).contains(head);
        assertThat(ChainHead.ofText(ChainHead.NONE.text())).contains(ChainHead.NONE);
        assertThat(ChainHead.ofText("")).isEmpty();
        assertThat(ChainHead.ofText(null)).isEmpty();
    }

    private static ChainEvent.Sealed link(ChainHead before, long... offsets) {
        LinkBuilder link = new LinkBuilder("rationale.audit", 0, before);
        for (long offset : offsets) {
            link.add(offset, RecordDigest.of(0, offset, 0, null, List.of(), bytes("x" + offset)));
        }
        return link.seal(NOW, new Published(9, 2, "a".repeat(64)));
    }

    private static String hex(Bytes bytes) {
        return java.util.HexFormat.of().formatHex(bytes.toArray());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
