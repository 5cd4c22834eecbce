package io.rationale.classifier.status;

import io.rationale.classifier.r1.R1Availability;
import io.rationale.classifier.r1.R1Cluster;
import io.rationale.classifier.r1.cluster.EndpointStatus;
import io.rationale.core.status.ClassifierStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Puts together how the classifier is; used by one thread, since speeds are told from one status to the next. */
public final class StatusSnapshot implements Supplier<ClassifierStatus> {
    private final String build;
    private final R1Cluster cluster;
    private final R1Availability availability;
    private final Supplier<LoopState> loop;
    private final Supplier<ClassifierStatus.Reclassification> reclassification;
    private final Supplier<ClassifierStatus.Discovery> discovery;
    private final Clock clock;
    private final Instant startedAt;
    private final Map<String, Double> words = new HashMap<>();
    private final Map<String, CallRate> rates = new HashMap<>();
    private Instant before;

    /**
     * @param build            this program's version
     * @param reclassification of notes that are judged again; may give null
     * @param discovery        what it runs of discoveries; may give null
     */
    public StatusSnapshot(
            String build,
            R1Cluster cluster,
            R1Availability availability,
            Supplier<LoopState> loop,
            Supplier<ClassifierStatus.Reclassification> reclassification,
            Supplier<ClassifierStatus.Discovery> discovery,
            Clock clock) {
        this.build = build;
        this.cluster = cluster;
        this.availability = availability;
        this.loop = loop;
        this.reclassification = reclassification;
        this.discovery = discovery;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.before = startedAt;
    }

    @Override
    public ClassifierStatus get() {
        Instant now = clock.instant();
        Duration elapsed = Duration.between(before, now);
        before = now;
        LoopState state = loop.get();
        List<ClassifierStatus.Endpoint> endpoints =
                cluster.status().stream().map(each -> endpoint(each, elapsed)).toList();
        return new ClassifierStatus(
                1,
                state.instance(),
                now,
                startedAt,
                build,
                state.taxonomy(),
                availability
                        .current()
                        .map(outage -> new ClassifierStatus.Outage(outage.since(), outage.reason()))
                        .orElse(null),
                endpoints,
                state.inFlight(),
                state.waiting(),
                state.lag(),
                state.batch(),
                reclassification.get(),
                discovery.get());
    }

    private ClassifierStatus.Endpoint endpoint(EndpointStatus each, Duration elapsed) {
        double said = cluster.words(each.name());
        Double saidBefore = words.put(each.name(), said);
        double seconds = elapsed.toMillis() / 1000.0;
        double speed = saidBefore == null || seconds == 0 ? 0 : (said - saidBefore) / seconds;
        return new ClassifierStatus.Endpoint(
                each.name(),
                ClassifierStatus.State.valueOf(each.phase().name()),
                each.reason().orElse(null),
                each.inFlight(),
                each.limit(),
                each.waiting(),
                Math.round(speed * 10) / 10.0,
                rates.computeIfAbsent(each.name(), name -> new CallRate())
                        .after(said, cluster.busySeconds(each.name())));
    }
}
