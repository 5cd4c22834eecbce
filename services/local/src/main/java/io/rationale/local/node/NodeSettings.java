package io.rationale.local.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a local node is started with.
 *
 * @param dataDir    where it keeps everything
 * @param httpPort   of the page on loopback; 0 for any free one
 * @param kafkaPort  of the broker on loopback; 0 for any free one
 * @param r1         base URLs; empty for the simulator
 * @param model      to ask for, or nothing for the first that R1 lists
 * @param taxonomy   file to judge under, or nothing for what the data directory has, else the shipped one
 * @param classifies whether notes are classified; a report does not
 */
public record NodeSettings(
        Path dataDir,
        int httpPort,
        int kafkaPort,
        List<String> r1,
        Optional<String> model,
        Optional<Path> taxonomy,
        boolean classifies) {
    public NodeSettings {
        r1 = List.copyOf(r1);
    }
}
