package io.rationale.console.statistics;

import io.rationale.core.json.Json;
import io.rationale.core.r1.Usage;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.statistics.Span;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.Map;

/**
 * A count of one audit partition as it stands in the category-statistics topic.
 *
 * @param key        what it is about
 * @param partition  of the audit
 * @param generation when the counting began
 */
record PartialCount(CountKey key, int partition, long generation) {
    /** The key of the topic, as one compact line of JSON. */
    private record Line(
            TaxonomyRef taxonomy,
            Instant bucket,
            Span span,
            String category,
            String source,
            String dimension,
            String value,
            int partition,
            long generation) {}

    byte[] json() {
        return Json.bytes(new Line(
                key.taxonomy(),
                Bucket.instantOf(key.bucket().start()),
                key.bucket().span(),
                key.category(),
                key.source(),
                key.dimension(),
                key.value(),
                partition,
                generation));
    }

    /** The value of the topic, a {@link CategoryCount}: what stands in the key, and the numbers after it. */
    static byte[] value(byte[] key, Sums sums) {
        Usage usage = sums.usage();
        JsonText out = new JsonText(key, key.length - 1)
                .raw(",\"count\":")
                .number(sums.notes())
                .raw(",\"agreement\":")
                .number(sums.agreement())
                .raw(",\"usage\":{\"prompt\":")
                .number(usage.prompt())
                .raw(",\"reasoning\":")
                .number(usage.reasoning())
                .raw(",\"answer\":")
                .number(usage.answer())
                .raw(",\"cached\":")
                .number(usage.cached())
                .raw("},\"models\":{");
        String comma = "";
        for (Map.Entry<String, Long> model : sums.models().entrySet()) {
            out.raw(comma).text(model.getKey()).raw(":").number(model.getValue());
            comma = ",";
        }
        return out.raw("}}").toArray();
    }

    /** What a record's key is about; null for one of old, which has no partition. */
    static PartialCount ofKey(byte[] json) {
        Line line = Json.read(json, Line.class);
        if (line.span() == null) {
            return null;
        }
        Bucket bucket = new Bucket(line.span(), Bucket.minuteOf(line.bucket()));
        CountKey key =
                new CountKey(bucket, line.taxonomy(), line.category(), line.source(), line.dimension(), line.value());
        return new PartialCount(key, line.partition(), line.generation());
    }

    /** What a count is about; null for one of old. */
    static PartialCount of(CategoryCount count) {
        if (count.partition() == null || count.span() == null || count.generation() == null) {
            return null;
        }
        Bucket bucket = new Bucket(count.span(), Bucket.minuteOf(count.bucket()));
        CountKey key = new CountKey(
                bucket, count.taxonomy(), count.category(), count.source(), count.dimension(), count.value());
        return new PartialCount(key, count.partition(), count.generation());
    }
}
