package io.rationale.local.verify;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainHead;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import io.rationale.local.verify.count.Names;
import io.rationale.local.verify.count.PublishedStatistics;
import io.rationale.local.verify.count.Recount;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Verifies an audit: its bytes, its chain, each event, and what was published of it. Reads everything once, in order, with
 * memory that does not grow with it. Used by one thread.
 */
public final class Verification {
    /** Looks at whether the statistics stand still, until one that was counted meanwhile does not count. */
    private static final int LOOKS = 100;

    private static final long LOOK_MILLIS = 50;
    /** A marker of a committed transaction comes to all partitions within moments. */
    private static final long MARKER_MILLIS = 1_000;

    private final RecordLogs logs;
    private final Settings settings;
    private final Findings findings;
    private final Progress progress;
    private final Topics topics;
    private final Names names = new Names();

    /**
     * What is verified, and how.
     *
     * @param topics          by name
     * @param statisticsGroup group of the Streams application, which says how far the statistics are
     * @param sealerGroup     group of the sealers, which says how far the chains are
     * @param taxonomies      that are known beside the topic's
     * @param anchors         that the chains must have
     * @param mayExpire       whether the beginning of the audit may be missing
     * @param isLive          whether somebody may write meanwhile
     */
    public record Settings(
            Topics topics,
            String statisticsGroup,
            String sealerGroup,
            List<Taxonomy> taxonomies,
            List<Anchor> anchors,
            boolean mayExpire,
            boolean isLive) {
        public Settings {
            taxonomies = List.copyOf(taxonomies);
            anchors = List.copyOf(anchors);
        }
    }

    /** Is told how far it is. */
    @FunctionalInterface
    public interface Progress {
        /** So many events of about so many are checked. */
        void checked(long events, long of);
    }

    /**
     * What came of one partition.
     *
     * @param partition     of the audit
     * @param head          of its chain
     * @param links         of its chain
     * @param records       of the audit that are there
     * @param unsealed      of these, behind the last link or where links are missing
     * @param firstUnsealed offset of the first behind the last link, -1 for none
     * @param gone          sealed records that are not there any more
     * @param erased        records that were erased on purpose, by a notice
     */
    public record PartitionResult(
            int partition,
            ChainHead head,
            long links,
            long records,
            long unsealed,
            long firstUnsealed,
            long gone,
            long erased) {}

    /**
     * What came of it.
     *
     * @param partitions of the audit, in order
     * @param notices    of erasures in the chain's topic
     */
    public record Result(List<PartitionResult> partitions, long notices, Findings findings) {
        /** Whether everything holds that could be checked. */
        public boolean isWhole() {
            return findings.brokenCount() == 0;
        }

        /** Records that are there. */
        public long records() {
            return partitions.stream().mapToLong(PartitionResult::records).sum();
        }
    }

    /** @param findings that the logs report to, too */
    public Verification(RecordLogs logs, Settings settings, Findings findings, Progress progress) {
        this.logs = logs;
        this.settings = settings;
        this.findings = findings;
        this.progress = progress;
        this.topics = settings.topics();
    }

    /** Verifies all of it. */
    public Result run() throws InterruptedException {
        Map<Integer, RecordLogs.Committed> sealed = logs.committed(settings.sealerGroup(), topics.audit());
        if (settings.isLive()) {
            TimeUnit.MILLISECONDS.sleep(MARKER_MILLIS);
        }
        PublishedStatistics published = new PublishedStatistics(names);
        Optional<Map<Integer, RecordLogs.Committed>> counted = readPublished(published);
        // The chain before the audit, so that no link speaks of what comes later.
        open(topics.auditChain());
        open(topics.audit());
        List.of(
                        topics.exchanges(),
                        topics.notes(),
                        topics.categoryStatistics(),
                        topics.taxonomies(),
                        topics.deadLetters())
                .forEach(this::open);
        KnownTaxonomies taxonomies = KnownTaxonomies.of(logs, topics.taxonomies(), settings.taxonomies());
        Erasures erasures = Erasures.in(logs, topics.auditChain());
        EventCheck events = new EventCheck(logs, erasures, taxonomies, settings.mayExpire(), findings);
        List<PartitionResult> results = new ArrayList<>();
        Total total = new Total(offsets());
        for (int partition = 0; partition < logs.partitions(topics.audit()); partition++) {
            Optional<Long> countedTo = counted.map(new At(partition)::offset);
            results.add(verify(
                    partition,
                    events,
                    erasures,
                    Optional.ofNullable(sealed.get(partition))
                            .flatMap(committed -> ChainHead.ofText(committed.metadata())),
                    published,
                    countedTo,
                    total));
        }
        erasures.check(findings);
        return new Result(results, erasures.count(), findings);
    }

    private record At(int partition) {
        long offset(Map<Integer, RecordLogs.Committed> committed) {
            RecordLogs.Committed at = committed.get(partition);
            return at == null ? 0 : at.offset();
        }
    }

    private static final class Total {
        private final long of;
        private long checked;

        Total(long of) {
            this.of = of;
        }
    }

    private long offsets() {
        long offsets = 0;
        for (int partition = 0; partition < logs.partitions(topics.audit()); partition++) {
            RecordLogs.Extent held = logs.extent(topics.audit(), partition);
            offsets += held.end() - held.first();
        }
        return offsets;
    }

    /** Reads every batch of a topic once; in a cluster the brokers do that. */
    private void open(String topic) {
        for (int partition = 0; partition < logs.partitions(topic); partition++) {
            logs.extent(topic, partition);
            findings.holds(Check.BYTES);
        }
    }

    /** Statistics and the offsets that they belong to; nothing when these do not stand still. */
    private Optional<Map<Integer, RecordLogs.Committed>> readPublished(PublishedStatistics published)
            throws InterruptedException {
        String topic = topics.categoryStatistics();
        for (int look = 0; look < LOOKS; look++) {
            Map<Integer, RecordLogs.Committed> before = logs.committed(settings.statisticsGroup(), topics.audit());
            if (settings.isLive()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            logs.refresh(topic);
            published.readOn(logs, topic);
            Map<Integer, RecordLogs.Committed> after = logs.committed(settings.statisticsGroup(), topics.audit());
            if (before.equals(after)) {
                return Optional.of(after);
            }
        }
        return Optional.empty();
    }

    private PartitionResult verify(
            int partition,
            EventCheck events,
            Erasures erasures,
            Optional<ChainHead> sealed,
            PublishedStatistics published,
            Optional<Long> counted,
            Total total) {
        try (Recount recount = new Recount(names, published, counted.orElse(0L))) {
            ChainWalk walk = new ChainWalk(
                    logs,
                    topics.audit(),
                    partition,
                    topics.auditChain(),
                    findings,
                    erasures,
                    settings.anchors(),
                    settings.mayExpire(),
                    stored -> check(stored, events, recount, total),
                    stored -> replaced(stored, recount, total));
            ChainWalk.Walked walked = walk.walk(sealed);
            boolean isWhole = walked.gone() == 0 && walked.erased() == recount.replacements();
            boolean isComparable = counted.isPresent() && isWhole;
            if (!isComparable) {
                findings.leaveOut(Check.STATISTICS);
            }
            recount.compare(published, partition, walk.published(), isWhole, isComparable, new Comparison(partition));
            return new PartitionResult(
                    partition,
                    walked.head(),
                    walked.links(),
                    walked.records(),
                    walked.unsealed(),
                    walked.firstUnsealed(),
                    walked.gone(),
                    walked.erased());
        }
    }

    private void check(StoredRecord stored, EventCheck events, Recount recount, Total total) {
        Optional<AuditEvent> event = events.check(topics.audit(), stored);
        event.filter(each -> !(each instanceof AuditEvent.Erased))
                .ifPresent(each -> recount.add(each, stored.offset()));
        total.checked++;
        progress.checked(total.checked, total.of);
    }

    /** What an erasure left of an event is what counts need of it. */
    private void replaced(StoredRecord stored, Recount recount, Total total) {
        try {
            recount.addReplacement(Json.read(stored.value(), AuditEvent.class), stored.offset());
        } catch (RuntimeException e) {
            // Nothing was left: then counts cannot be compared.
        }
        total.checked++;
        progress.checked(total.checked, total.of);
    }

    private final class Comparison implements Recount.Listener {
        private final int partition;

        Comparison(int partition) {
            this.partition = partition;
        }

        @Override
        public void review(long offset, boolean follows) {
            if (follows) {
                findings.holds(Check.REVIEWS);
            } else {
                findings.broken(
                        Check.REVIEWS,
                        topics.audit(),
                        partition,
                        offset,
                        "The review does not say which label stood before it.");
            }
        }

        @Override
        public void unknown() {
            findings.leaveOut(Check.REVIEWS);
        }

        @Override
        public void count(long offset, boolean isSame, String sentence) {
            if (isSame) {
                findings.holds(Check.STATISTICS);
            } else if (offset >= 0) {
                findings.broken(Check.STATISTICS, topics.categoryStatistics(), 0, offset, sentence);
            } else {
                findings.broken(Check.STATISTICS, topics.audit(), partition, -1, sentence);
            }
        }
    }
}
