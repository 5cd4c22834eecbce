package io.rationale.local.verify.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * The leader epochs of a partition by their first offsets, as the broker keeps them beside the log. They are the only
 * octets of a batch that its checksum leaves out and that nothing else shows.
 */
final class LeaderEpochs {
    private static final String FILE = "leader-epoch-checkpoint";
    /** Version of the form, and how many lines follow. */
    private static final int HEAD_LINES = 2;

    private final NavigableMap<Long, Integer> byFirstOffset;

    private LeaderEpochs(NavigableMap<Long, Integer> byFirstOffset) {
        this.byFirstOffset = byFirstOffset;
    }

    /** What stands in that folder; a file that cannot be read says nothing. */
    static LeaderEpochs of(Path folder) {
        NavigableMap<Long, Integer> epochs = new TreeMap<>();
        try {
            List<String> lines = Files.readAllLines(folder.resolve(FILE));
            for (String line : lines.subList(Math.min(HEAD_LINES, lines.size()), lines.size())) {
                String[] parts = line.split(" ");
                epochs.put(Long.parseLong(parts[1]), Integer.parseInt(parts[0]));
            }
        } catch (IOException | RuntimeException e) {
            epochs.clear();
        }
        return new LeaderEpochs(epochs);
    }

    /** Whether the batch has the epoch of its time, as far as that is known. */
    boolean fit(RecordBatch batch) {
        Map.Entry<Long, Integer> epoch = byFirstOffset.floorEntry(batch.baseOffset());
        return epoch == null || batch.partitionLeaderEpoch() == epoch.getValue();
    }
}
