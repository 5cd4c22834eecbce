package io.rationale.console.taxonomies;

import io.rationale.console.api.ProblemException;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.topics.TaxonomyFeed;
import io.rationale.topics.TaxonomyRecords;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/**
 * Changes the taxonomies topic, one change after the other, whichever console makes it: all consoles write under one
 * transactional id. A change takes that id, which ends what another console had under way, reads the topic to its end,
 * and only then decides and commits. Where another console takes the id meanwhile, Kafka refuses the commit, and the
 * change is decided anew upon what that one has written. So no change is ever made upon a state that is not the latest.
 * Thread safe.
 */
final class TaxonomyLog {
    private static final Logger LOG = Logger.getLogger(TaxonomyLog.class);
    private static final String SOURCE = "/rationale/console";
    private static final String CLIENT = "console-taxonomies";
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Duration PATIENCE = Duration.ofMillis(TIMEOUT_MILLIS);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int SECONDS_TO_WAIT = 5;
    private static final int MOST_ATTEMPTS = 10;
    private static final int LONGEST_PAUSE_MILLIS = 400;

    private final KafkaClients clients;
    private final String topic;
    private final TaxonomyFeed feed;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** @param feed of the topic */
    TaxonomyLog(KafkaClients clients, String topic, TaxonomyFeed feed, InstantSource clock) {
        this.clients = clients;
        this.topic = topic;
        this.feed = feed;
        this.clock = clock;
    }

    /** Decides what is to be written. */
    @FunctionalInterface
    interface Change {
        /**
         * Called with the feed at the topic's end, and again when another console was faster.
         *
         * @return versions as they are from now on, all of them or none; none when there is nothing to change
         * @throws ProblemException when it is refused
         */
        List<Taxonomy> decide();
    }

    /**
     * Returns when all in-sync replicas have it, and the feed has it, as long as that does not take for ever.
     *
     * @param by who asks for it, or null
     * @throws ProblemException 503 when Kafka does not acknowledge it in time, 500 when Kafka refuses it
     */
    void change(String by, Change change) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int attempts = 1;
            while (!isMade(by, change)) {
                if (attempts++ == MOST_ATTEMPTS) {
                    throw ProblemException.of(
                                    503, "Other consoles change taxonomies all the time; nothing was written.")
                            .retryAfter(SECONDS_TO_WAIT);
                }
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return false when another console was faster */
    private boolean isMade(String by, Change change) throws InterruptedException {
        Producer<byte[], byte[]> producer = producer();
        try {
            producer.initTransactions();
            readToEnd();
            List<Taxonomy> changed = change.decide();
            if (!changed.isEmpty()) {
                producer.beginTransaction();
                changed.forEach(each -> producer.send(TaxonomyRecords.of(topic, each, SOURCE, clock.instant(), by)));
                producer.commitTransaction();
                feed.awaitRead(ends(), PATIENCE);
            }
            return true;
        } catch (InterruptException e) {
            throw new InterruptedException();
        } catch (KafkaException e) {
            if (isFenced(e)) {
                return false;
            }
            throw refusal(e);
        } finally {
            producer.close(CLOSING);
        }
    }

    private static boolean isFenced(Throwable failure) {
        return failure instanceof ProducerFencedException
                || failure instanceof InvalidProducerEpochException
                || failure.getCause() != null && isFenced(failure.getCause());
    }

    private void readToEnd() throws InterruptedException {
        if (!feed.awaitRead(ends(), PATIENCE)) {
            throw ProblemException.of(503, "The taxonomies are being read.").retryAfter(SECONDS_TO_WAIT);
        }
    }

    private Map<Integer, Long> ends() {
        try (Consumer<byte[], byte[]> consumer = clients.impatient(CLIENT + "-ends", 1, PATIENCE)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            return consumer.endOffsets(partitions).entrySet().stream()
                    .collect(Collectors.toMap(each -> each.getKey().partition(), Map.Entry::getValue));
        }
    }

    private Producer<byte[], byte[]> producer() {
        return clients.producer(
                CLIENT,
                Map.of(
                        "transactional.id",
                        topic + "-changes",
                        "transaction.timeout.ms",
                        TIMEOUT_MILLIS,
                        "linger.ms",
                        0,
                        "max.block.ms",
                        TIMEOUT_MILLIS,
                        "delivery.timeout.ms",
                        TIMEOUT_MILLIS,
                        "request.timeout.ms",
                        TIMEOUT_MILLIS / 3));
    }

    private static ProblemException refusal(KafkaException failure) {
        boolean mayPass = failure instanceof RetriableException || failure.getCause() instanceof RetriableException;
        if (mayPass) {
            return ProblemException.of(
                            503,
                            "Kafka did not acknowledge the taxonomy in time. It may be written all the same: look at it"
                                    + " before you send it again.")
                    .retryAfter(SECONDS_TO_WAIT);
        }
        LOG.error("Kafka refuses a taxonomy", failure);
        return ProblemException.of(500, "Kafka refuses the taxonomy, and the console's log says why.");
    }
}
