package io.rationale.console.statistics;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Records of a store in their compact form, the first byte of which is the form's version. */
final class BinarySerde {
    private BinarySerde() {}

    static <T> Serde<T> of(BiConsumer<T, BinaryWriter> write, Function<BinaryReader, T> read) {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : bytes(value, write),
                (topic, bytes) -> bytes == null ? null : read.apply(new BinaryReader(bytes)));
    }

    private static <T> byte[] bytes(T value, BiConsumer<T, BinaryWriter> write) {
        BinaryWriter out = new BinaryWriter();
        write.accept(value, out);
        return out.toArray();
    }
}
