package io.rationale.console.report;

import io.rationale.console.Events;
import io.rationale.core.r1.Usage;
import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CategoryTable.Example;
import io.rationale.core.statistics.CategoryTable.Row;
import io.rationale.core.statistics.Share;
import io.rationale.core.statistics.WilsonInterval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Hand-made tables. */
final class Tables {
    private Tables() {}

    static CategoryTable of(String model, Row... rows) {
        long decided = Arrays.stream(rows).mapToLong(Row::count).sum();
        return new CategoryTable(
                Events.V1,
                "Where it went wrong",
                "all",
                null,
                null,
                List.of("clinic"),
                List.of(rows),
                decided,
                2,
                new Usage(9000, 3000, 345, 0),
                Map.of(model, decided),
                Share.of(2, decided + 2),
                0,
                1.0,
                List.of(),
                null,
                false);
    }

    static Row row(String name, long count, long total, String... quotes) {
        List<Example> examples = IntStream.range(0, quotes.length)
                .mapToObj(i -> new Example("n" + i, "clinic", quotes[i]))
                .toList();
        double share = (double) count / total;
        return new Row(
                "missed-retrieval",
                name,
                "retrieval",
                "#8a3a00",
                count,
                share,
                WilsonInterval.of(count, total),
                1,
                examples,
                new Usage(90, 30, 3, 0),
                null);
    }
}
