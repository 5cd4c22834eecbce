package io.rationale.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.rationale.core.json.Json;
import io.rationale.core.r1.Usage;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.statistics.Span;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stores and the topic hold comes back as it was. */
class StoreFormatTest {
    private static final String[] TEXTS = {"", "a", "ä 👍", "x".repeat(300), "a\u0000b", "\"\\\n"};
    private static final long[] NUMBERS = {0, 1, -1, 63, 64, -65, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE};

    private static String text(Random random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private static String maybe(Random random) {
        return random.nextBoolean() ? text(random) : null;
    }

    private static long number(Random random) {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private static TaxonomyRef taxonomy(Random random) {
        return new TaxonomyRef(text(random), random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt());
    }

    private static VersionState version(Random random) {
        return new VersionState(
                taxonomy(random),
                maybe(random),
                maybe(random),
                random.nextDouble(),
                maybe(random),
                new Usage(random.nextDouble() * 1e6, -0.0, 1.0 / 3, Double.MAX_VALUE));
    }

    private static CountKey key(Random random) {
        Span span = Span.values()[random.nextInt(4)];
        return new CountKey(
                new Bucket(span, number(random)),
                random.nextBoolean() ? taxonomy(random) : null,
                maybe(random),
                text(random),
                maybe(random),
                maybe(random));
    }

    private static Sums sums(Random random) {
        Sums sums = new Sums();
        for (int i = random.nextInt(5); i >= 0; i--) {
            Usage usage = new Usage(random.nextDouble() * 5000, random.nextInt(100), 0.1, 0);
            sums.add(random.nextInt(4) == 0 ? -1 : 1, Exact.units(random.nextDouble()), usage, maybe(random));
        }
        return sums;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldBringBackNotes(long seed) {
        Random random = new Random(seed);
        Map<String, String> labels = new TreeMap<>();
        List<VersionState> versions = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            labels.put(text(random), text(random));
            versions.add(version(random));
        }
        NoteState note = new NoteState(maybe(random), number(random), labels, versions);
        Serde<NoteState> serde = BinarySerde.of(NoteState::write, NoteState::read);

        byte[] bytes = serde.serializer().serialize("store", note);

        assertThat(serde.deserializer().deserialize("store", bytes)).isEqualTo(note);
        assertThat(serde.serializer().serialize("store", null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldBringBackKeys(long seed) {
        CountKey key = key(new Random(seed));

        assertThat(CountKey.of(key.bytes())).isEqualTo(key);
    }

    @Test
    void shouldSortKeysBySpanThenTime() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            CountKey a = key(random);
            CountKey b = key(random);
            int bySpan = a.bucket().span().compareTo(b.bucket().span());
            int byTime = Long.compare(a.bucket().start(), b.bucket().start());
            int expected = bySpan != 0 ? bySpan : byTime;
            if (expected != 0) {
                assertThat(Integer.signum(Arrays.compareUnsigned(a.bytes(), b.bytes())))
                        .isEqualTo(Integer.signum(expected));
            }
            assertThat(Arrays.compareUnsigned(CountKey.before(a.bucket()), a.bytes()))
                    .isNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldBringBackSums(long seed) {
        Sums sums = sums(new Random(seed));
        BinaryWriter out = new BinaryWriter();

        sums.write(out);

        Sums again = Sums.read(new BinaryReader(out.toArray()));
        again.subtract(sums);
        assertThat(again.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldWriteTheTopicsValueAsTheEventIsWritten(long seed) {
        Random random = new Random(seed);
        CountKey any = key(random);
        CountKey key = any.in(new Bucket(any.bucket().span(), random.nextInt()));
        Sums sums = sums(random);
        PartialCount partial = new PartialCount(key, 3, 17);

        CategoryCount count = Json.read(PartialCount.value(partial.json(), sums), CategoryCount.class);

        assertThat(PartialCount.of(count)).isEqualTo(partial);
        assertThat(PartialCount.ofKey(partial.json())).isEqualTo(partial);
        assertThat(count.count()).isEqualTo(sums.notes());
        assertThat(count.agreement()).isEqualTo(sums.agreement());
        assertThat(count.usage()).isEqualTo(sums.usage());
        assertThat(count.models()).isEqualTo(sums.models());
    }

    @Test
    void shouldSayWhoCanReadAnotherFormat() {
        Serde<NoteState> serde = BinarySerde.of(NoteState::write, NoteState::read);

        assertThatIllegalStateException()
                .isThrownBy(() -> serde.deserializer().deserialize("store", new byte[] {9, 0}))
                .withMessageContaining("format 9");
    }
}
