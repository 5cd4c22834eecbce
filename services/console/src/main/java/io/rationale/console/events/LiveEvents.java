package io.rationale.console.events;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.statistics.StatisticsView;
import io.rationale.console.statistics.StoresUnavailableException;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Decisions and changes as they happen, for any number of listeners. Thread safe. */
public final class LiveEvents implements AutoCloseable {
    private static final int KEPT = 10_000;
    private static final long KEPT_CHARS = 16L * 1024 * 1024;
    private static final long MISSED_CHARS = 4L * 1024 * 1024;
    /** Offsets of a decision, on average and at the most: transactions end with markers. */
    private static final int OFFSETS_A_DECISION = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final StatisticsView view;
    private final LiveSignals signals;
    private final DecisionLog log;
    private final AuditTail tail;
    private final AuditGap gap;
    private final EventHub hub;

    /** @param topic the audit */
    public LiveEvents(KafkaClients clients, String topic, StatisticsView view, LiveSignals signals) {
        this(clients, topic, view, signals, KEPT);
    }

    LiveEvents(KafkaClients clients, String topic, StatisticsView view, LiveSignals signals, int kept) {
        this.view = view;
        this.signals = signals;
        this.log = new DecisionLog(kept, KEPT_CHARS);
        this.hub = new EventHub(view::revision, signals::revisions);
        this.tail = new AuditTail(clients, topic, log, (long) OFFSETS_A_DECISION * kept, hub::signal);
        this.gap = new AuditGap(clients, topic, KEPT, MISSED_CHARS);
    }

    /** Begins to follow the audit. */
    public void start() {
        signals.onChange(hub::signal);
        view.onChange(revision -> hub.signal());
        hub.start();
        tail.start();
    }

    /** How many listen. */
    public int listeners() {
        return hub.listeners();
    }

    /**
     * What a listener is told.
     *
     * @param lastId id of the last event that it got, empty or null for none
     * @param stays  whether it may still listen, asked every second
     * @throws StoresUnavailableException while it is not known where the audit ends
     */
    Multi<Feed.Message> listen(String lastId, BooleanSupplier stays) throws InterruptedException {
        if (!tail.awaitStarted(PATIENCE)) {
            throw new StoresUnavailableException("The audit cannot be read yet.");
        }
        return hub.listen(new Feed(log, startAfter(lastId), signals.revisions(), System.nanoTime()), stays);
    }

    private Feed.Start startAfter(String lastId) throws InterruptedException {
        if (lastId == null || lastId.isEmpty()) {
            return new Feed.Start(log.live(), List.of(), null);
        }
        Optional<Positions> told = Positions.decode(lastId)
                .filter(p -> p.partitions() == log.end().partitions())
                .filter(p -> log.end().reaches(p) || !gap.isBeyondEnd(p));
        if (told.isEmpty()) {
            return reset("The id is not one of this audit's events: load anew what is shown.");
        }
        return startAfter(told.get());
    }

    private Feed.Start startAfter(Positions told) throws InterruptedException {
        DecisionLog.Cursor cursor = log.from(told);
        return gap.read(told, log.begin())
                .map(missed -> new Feed.Start(cursor, missed, null))
                .orElseGet(() -> reset("Too much has happened since that id: load anew what is shown."));
    }

    private Feed.Start reset(String why) {
        return new Feed.Start(log.live(), List.of(), why);
    }

    /** Ends every listener's stream; further ones end at once. */
    public void endStreams() {
        hub.close();
    }

    @Override
    public void close() {
        endStreams();
        tail.close();
    }
}
