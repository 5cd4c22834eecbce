package io.rationale.console.statistics;

import io.rationale.console.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/**
 * Tells the broker how many copies of its stores the Streams group keeps. With the group protocol {@code streams} the
 * broker assigns them, and {@code num.standby.replicas} of a client says nothing. Tried again for as long as the broker
 * does not answer.
 */
public final class StandbyReplicas implements AutoCloseable {
    /** The broker's configuration of a group. */
    public static final String CONFIG = "streams.num.standby.replicas";

    private static final Logger LOG = Logger.getLogger(StandbyReplicas.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final String group;
    private final int replicas;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param group the application's id */
    public StandbyReplicas(KafkaClients clients, String group, int replicas) {
        this.clients = clients;
        this.group = group;
        this.replicas = replicas;
    }

    /** Begins to try. */
    public void start() {
        Thread.ofVirtual().name("standby-replicas").start(this::run);
    }

    private void run() {
        try (Admin admin = clients.admin()) {
            while (!isSet(admin) && !closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debugf("The number of standby replicas is not set yet; group=%s", group);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false to try again */
    private boolean isSet(Admin admin) throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        AlterConfigOp set =
                new AlterConfigOp(new ConfigEntry(CONFIG, String.valueOf(replicas)), AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
            return true;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof ApiException) || e.getCause() instanceof RetriableException) {
                return false;
            }
            LOG.errorf(
                    "The broker refuses rationale.statistics.standby-replicas=%d (%s): lower it, raise the broker's"
                            + " group.streams.max.standby.replicas, or allow this user to alter the group's"
                            + " configuration.",
                    replicas, e.getCause().getMessage());
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
