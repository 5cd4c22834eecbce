/**
 * Discoveries: requests in, calls at lower priority than those about notes, exchanges and results out. {@link
 * io.rationale.classifier.discovery.DiscoveryLoop} follows the topic, {@link io.rationale.classifier.discovery.Runs}
 * knows which run is next, {@link io.rationale.classifier.discovery.ActiveRun} makes the calls, and {@link
 * io.rationale.classifier.discovery.DiscoveryJournal} writes what came of them with the offsets in one transaction.
 */
package io.rationale.classifier.discovery;
