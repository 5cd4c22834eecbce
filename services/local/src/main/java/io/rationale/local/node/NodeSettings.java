package io.rationale.local.node;

import io.rationale.kafka.EmbeddedKafka.Detour;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a local node is started with.
 *
 * @param dataDir    where it keeps everything
 * @param httpHost   address that the page is served on
 * @param httpPort   of the page; 0 for any free one
 * @param kafkaPort  of the broker on loopback; 0 for any free one
 * @param listeners  further ways to the broker
 * @param r1         base URLs; empty for the simulator
 * @param model      to ask for, or nothing for the first that R1 lists
 * @param taxonomy   file to judge under, or nothing for what the data directory has, else the shipped one
 * @param classifies whether notes are classified; a report does not
 */
public record NodeSettings(
        Path dataDir,
        String httpHost,
        int httpPort,
        int kafkaPort,
        List<Detour> listeners,
        List<String> r1,
        Optional<String> model,
        Optional<Path> taxonomy,
        boolean classifies) {
    /** The address that only this machine reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    public NodeSettings {
        listeners = List.copyOf(listeners);
        r1 = List.copyOf(r1);
    }

    /** On loopback only. */
    public NodeSettings(
            Path dataDir,
            int httpPort,
            int kafkaPort,
            List<String> r1,
            Optional<String> model,
            Optional<Path> taxonomy,
            boolean classifies) {
        this(dataDir, LOOPBACK, httpPort, kafkaPort, List.of(), r1, model, taxonomy, classifies);
    }
}
