package io.rationale.classifier.publish;

import java.time.Duration;
import java.util.ArrayDeque;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jboss.logging.Logger;

/**
 * Notices that two live processes use the same transactional id: they fence each other in turn, and each makes what the
 * other was writing fail. Says so once. Used by one thread.
 */
final class Fencing {
    private static final Logger LOG = Logger.getLogger(Fencing.class);
    private static final int OFTEN = 4;
    private static final long WITHIN = Duration.ofMinutes(5).toNanos();

    private final ArrayDeque<Long> times = new ArrayDeque<>();
    private boolean said;

    /** A transaction failed. */
    void failed(Throwable cause) {
        if (said || !isFencing(cause)) {
            return;
        }
        times.add(System.nanoTime());
        if (times.size() >= OFTEN) {
            said = times.getLast() - times.remove() < WITHIN;
            if (said) {
                LOG.error("Another process writes under this one's transactional id again and again: give each its own"
                        + " rationale.classifier.instance-id. If there is no other, transactions outlast"
                        + " kafka.transaction.timeout.ms: raise it.");
            }
        }
    }

    private static boolean isFencing(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof ProducerFencedException || each instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }
}
