package io.rationale.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rationale.core.json.Json;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** To repeat a failure, run with {@code -Drationale.seed=} and the seed that was printed. */
class RandomRecordTest {
    private static final int TIMES = 300;

    static List<EventType<?>> types() {
        return EventType.ALL;
    }

    @ParameterizedTest
    @MethodSource("types")
    <T> void shouldSerialiseToValidJsonAndReadBackEqual(EventType<T> type) {
        // given
        RandomRecords records = records(type);
        for (int i = 0; i < TIMES; i++) {
            T value = type.next(records);

            // when
            byte[] json = type.write().apply(value);

            // then
            assertThat(SchemaFiles.faults(type.schema(), Json.tree(json))).isEmpty();
            assertThat(type.read().apply(json)).isEqualTo(value);
        }
    }

    /** Every field that Java writes is declared: else a wrong type there would pass. */
    @ParameterizedTest
    @MethodSource("types")
    <T> void shouldBeRefusedWithAWrongTypeAnywhere(EventType<T> type) {
        // given
        RandomRecords records = records(type);
        for (int i = 0; i < 20; i++) {
            JsonNode json = Json.tree(type.write().apply(type.next(records)));
            for (JsonPointer at : Trees.pointers(json)) {
                JsonNode wrong = json.at(at).isArray()
                        ? TextNode.valueOf("no list")
                        : Json.mapper().createArrayNode();

                // when
                List<String> faults = SchemaFiles.faults(type.schema(), Trees.replaced(json, at, wrong));

                // then
                assertThat(faults).as("%s at %s", wrong, at).isNotEmpty();
            }
        }
    }

    private static RandomRecords records(EventType<?> type) {
        long seed = Long.getLong("rationale.seed", ThreadLocalRandom.current().nextLong());
        System.out.println("RandomRecordTest " + type + " seed " + seed);
        return new RandomRecords(seed);
    }
}
