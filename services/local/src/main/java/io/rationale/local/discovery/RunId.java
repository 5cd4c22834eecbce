package io.rationale.local.discovery;

import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryEvent.State;
import io.rationale.core.discovery.DiscoverySettings;
import io.rationale.core.discovery.NoteSample;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import java.util.List;
import java.util.Map;

/** Names a run after what it is asked: the same command goes on with the same run, and repeats none that is done. */
public final class RunId {
    private static final int DIGITS = 16;

    private RunId() {}

    /**
     * The id of a run of these notes with these settings.
     *
     * @param r1     who is asked, and for which model
     * @param latest how earlier runs stand, by id: one that failed or was cancelled is not taken up again
     */
    public static String of(
            NoteSample sample, DiscoverySettings settings, List<String> r1, Map<String, DiscoveryEvent> latest) {
        String content = Bytes.of(Json.bytes(List.of(settings, sample, r1))).sha256();
        String base = "local-" + content.substring(0, DIGITS);
        String id = base;
        for (int attempt = 2; latest.containsKey(id) && isInVain(latest.get(id)); attempt++) {
            id = base + "-" + attempt;
        }
        return id;
    }

    private static boolean isInVain(DiscoveryEvent event) {
        return event.state() == State.FAILED || event.state() == State.CANCELLED;
    }
}
