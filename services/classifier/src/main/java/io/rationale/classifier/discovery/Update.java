package io.rationale.classifier.discovery;

import io.rationale.core.audit.Exchange;
import io.rationale.core.discovery.DiscoveryEvent;
import java.util.List;

/**
 * What is to be written about a run.
 *
 * @param event     how it stands
 * @param exchanges that led there
 */
record Update(DiscoveryEvent event, List<Exchange> exchanges) {
    Update {
        exchanges = List.copyOf(exchanges);
    }

    static Update of(DiscoveryEvent event) {
        return new Update(event, List.of());
    }

    boolean isFinal() {
        return event.state().isFinal();
    }
}
