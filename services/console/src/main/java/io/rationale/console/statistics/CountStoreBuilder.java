package io.rationale.console.statistics;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Makes {@link CountStore}s on disk with a changelog. They hold back changes themselves, so Streams need not. */
final class CountStoreBuilder implements StoreBuilder<CountStore> {
    private final StoreBuilder<KeyValueStore<Bytes, byte[]>> inner;

    CountStoreBuilder(String name) {
        inner = Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    @Override
    public CountStore build() {
        return new CountStore(inner.build());
    }

    @Override
    public StoreBuilder<CountStore> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<CountStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<CountStore> withLoggingEnabled(Map<String, String> config) {
        inner.withLoggingEnabled(config);
        return this;
    }

    @Override
    public StoreBuilder<CountStore> withLoggingDisabled() {
        inner.withLoggingDisabled();
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return inner.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return inner.loggingEnabled();
    }

    @Override
    public String name() {
        return inner.name();
    }
}
