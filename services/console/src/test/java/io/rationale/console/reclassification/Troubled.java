package io.rationale.console.reclassification;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** A producer that fails now and then, before or after it did what it was asked: whoever uses it cannot tell which. */
final class Troubled {
    private static final Set<String> TROUBLED =
            Set.of("beginTransaction", "send", "flush", "sendOffsetsToTransaction", "commitTransaction");

    private final Random random;
    private final double share;
    private final AtomicInteger failures = new AtomicInteger();

    /** @param share of the calls that fail */
    Troubled(Random random, double share) {
        this.random = random;
        this.share = share;
    }

    /** How often it has failed so far. */
    int failures() {
        return failures.get();
    }

    @SuppressWarnings("unchecked")
    Producer<byte[], byte[]> around(Producer<byte[], byte[]> producer) {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                Troubled.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    boolean fails =
                            TROUBLED.contains(method.getName()) && random.nextDouble() < share(method.getName());
                    if (fails && random.nextBoolean()) {
                        throw trouble();
                    }
                    try {
                        Object result = method.invoke(producer, arguments);
                        if (fails) {
                            throw trouble();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** There are many sends in a transaction and one commit. */
    private double share(String method) {
        return method.equals("send") ? share / 20 : share;
    }

    private KafkaException trouble() {
        failures.incrementAndGet();
        return new KafkaException("trouble of this test");
    }
}
