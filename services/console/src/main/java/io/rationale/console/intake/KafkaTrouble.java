package io.rationale.console.intake;

import io.rationale.console.api.ProblemException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/** Says what a failure of Kafka means for the sender. Thread safe. */
final class KafkaTrouble {
    private static final Logger LOG = Logger.getLogger(KafkaTrouble.class);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final int SECONDS_TO_WAIT = 5;

    private final Admin admin;

    KafkaTrouble(Admin admin) {
        this.admin = admin;
    }

    /**
     * What to answer: 429 when Kafka is there and cannot keep up, 503 when it is away, 500 when it refuses.
     *
     * @param taken a sentence about what was taken
     */
    ProblemException answer(Exception failure, String taken) throws InterruptedException {
        if (!isTransient(failure)) {
            LOG.error("Kafka refuses notes", failure);
            return ProblemException.of(500, "Kafka refuses the notes, and the console's log says why. " + taken);
        }
        return isThere()
                ? ProblemException.of(429, "Kafka cannot keep up: send less at a time. " + taken)
                        .retryAfter(SECONDS_TO_WAIT)
                : away(taken);
    }

    /** For when Kafka is away. */
    static ProblemException away(String taken) {
        return ProblemException.of(503, "Kafka cannot be reached. " + taken).retryAfter(SECONDS_TO_WAIT);
    }

    static boolean isTransient(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RetriableException || each instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private boolean isThere() throws InterruptedException {
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs((int) ANSWER.toMillis()))
                    .clusterId()
                    .get(2 * ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
