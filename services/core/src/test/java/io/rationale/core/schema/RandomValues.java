package io.rationale.core.schema;

import io.rationale.core.json.Bytes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Random values of fields: any Unicode in texts, any time that JSON can say, numbers from end to end. */
class RandomValues {
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    final Random random;

    RandomValues(long seed) {
        random = new Random(seed);
    }

    /** Any Unicode text up to 30 characters, the empty one too. */
    String text() {
        int[] codePoints = random.ints(random.nextInt(31), 0, 4)
                .map(range -> switch (range) {
                    case 0 -> random.nextInt(0x80);
                    case 1 -> random.nextInt(0x80, 0x3000);
                    case 2 -> random.nextInt(0x1f300, 0x1faff);
                    default -> anyScalar();
                })
                .toArray();
        return new String(codePoints, 0, codePoints.length);
    }

    private int anyScalar() {
        int codePoint = random.nextInt(Character.MAX_CODE_POINT + 1);
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE ? '\ufffd' : codePoint;
    }

    String name() {
        return "x" + text();
    }

    String hash() {
        return Bytes.utf8(text()).sha256();
    }

    Bytes bytes() {
        if (random.nextBoolean()) {
            return Bytes.utf8(text());
        }
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    Instant instant() {
        long second = random.nextLong(EARLIEST.getEpochSecond(), LATEST.getEpochSecond() + 1);
        return Instant.ofEpochSecond(second, random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000_000));
    }

    double score() {
        return switch (random.nextInt(4)) {
            case 0 -> Double.MAX_VALUE;
            case 1 -> -Double.MIN_VALUE;
            case 2 -> random.nextInt(100);
            default -> random.nextGaussian();
        };
    }

    int natural() {
        return random.nextInt(Integer.MAX_VALUE);
    }

    int version() {
        return 1 + natural();
    }

    long offset() {
        return random.nextLong(Long.MAX_VALUE);
    }

    <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    <T> T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    <T> List<T> list(Supplier<T> value) {
        return Stream.generate(value).limit(random.nextInt(4)).toList();
    }

    <T> Map<String, T> map(Supplier<T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            // The validator takes a property that begins with # for a comment and looks at none of it.
            map.put(text().replaceFirst("^#", "."), value.get());
        }
        return map;
    }
}
