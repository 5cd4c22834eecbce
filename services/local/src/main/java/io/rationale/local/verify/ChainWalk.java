package io.rationale.local.verify;

import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.seal.ChainHead;
import io.rationale.core.seal.LinkBuilder;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Goes along one partition of the audit and its chain side by side: each link must follow on the one before and seal what
 * stands between. Behind a broken link it goes on with the next one. Used by one thread.
 */
final class ChainWalk {
    private final RecordLogs logs;
    private final String topic;
    private final int partition;
    private final String chainTopic;
    private final int chainPartition;
    private final Findings findings;
    private final Erasures erasures;
    private final NavigableMap<Long, ChainEvent.Erased> erased;
    private final Map<Long, String> expected = new TreeMap<>();
    private final boolean mayExpire;
    private final Consumer<StoredRecord> records;
    private final Consumer<StoredRecord> replacements;
    private final List<ChainEvent.Sealed> published = new ArrayList<>();
    private ChainHead head = ChainHead.NONE;
    private Optional<StoredRecord> next = Optional.empty();
    private RecordLogs.Cursor audit;
    private RecordLogs.Extent held;
    private long links;
    private long read;
    private long unsealed;
    private long firstUnsealed = -1;
    private long gone;
    private long erasedCount;

    /**
     * @param anchors   that the chain must have
     * @param mayExpire whether records may be missing at the beginning, because they were kept for a time only
     * @param records   is shown every record that stands in the log and was not erased
     * @param replacements is shown what stands in the place of those that were
     */
    ChainWalk(
            RecordLogs logs,
            String topic,
            int partition,
            String chainTopic,
            Findings findings,
            Erasures erasures,
            List<Anchor> anchors,
            boolean mayExpire,
            Consumer<StoredRecord> records,
            Consumer<StoredRecord> replacements) {
        this.logs = logs;
        this.topic = topic;
        this.partition = partition;
        this.chainTopic = chainTopic;
        this.chainPartition = partition % Math.max(1, logs.partitions(chainTopic));
        this.findings = findings;
        this.erasures = erasures;
        this.erased = erasures.all(topic, partition);
        this.mayExpire = mayExpire;
        this.records = records;
        this.replacements = replacements;
        anchors.stream()
                .filter(each -> each.topic().equals(topic) && each.partition() == partition)
                .forEach(
                        each -> expected.put(each.head().sequence(), each.head().hash()));
    }

    /** What became of the walk. */
    record Walked(
            ChainHead head, long links, long records, long unsealed, long firstUnsealed, long gone, long erased) {}

    /** Goes all the way. @param sealed what the sealers committed last, if they did */
    Walked walk(Optional<ChainHead> sealed) {
        held = logs.extent(topic, partition);
        audit = logs.read(topic, partition, held.first());
        try (RecordLogs.Cursor cursor = audit;
                RecordLogs.Cursor chain = logs.read(
                        chainTopic,
                        chainPartition,
                        logs.extent(chainTopic, chainPartition).first())) {
            next = cursor.next();
            for (Optional<StoredRecord> each = chain.next(); each.isPresent(); each = chain.next()) {
                link(each.get());
            }
            rest();
        }
        sealed.ifPresent(this::compare);
        expected.forEach((sequence, hash) -> broken(
                "The chain does not have link " + sequence + ", which is expected: it was cut, or written anew."));
        return new Walked(head, links, read, unsealed, firstUnsealed, gone, erasedCount);
    }

    /** The links that say what was published, in order. */
    List<ChainEvent.Sealed> published() {
        return published;
    }

    private void link(StoredRecord stored) {
        ChainEvent event;
        try {
            event = Json.read(stored.value(), ChainEvent.class);
        } catch (RuntimeException e) {
            brokenLink(stored.offset(), "The record is no link of the chain.");
            return;
        }
        boolean isOurs = event instanceof ChainEvent.Sealed sealed
                && sealed.topic().equals(topic)
                && sealed.partition() == partition;
        if (isOurs) {
            link((ChainEvent.Sealed) event, stored.offset());
        }
    }

    private void link(ChainEvent.Sealed link, long at) {
        links++;
        boolean isGood = true;
        if (!link.hasItsHash()) {
            brokenLink(at, "Link " + link.sequence() + " was changed: its hash is not the one of its fields.");
            isGood = false;
        }
        if (link.sequence() != head.sequence() + 1 || !link.previous().equals(head.hash())) {
            isGood = false;
            brokenLink(
                    at,
                    head.sequence() == 0
                            ? "The chain begins with link " + link.sequence() + ": the links before are missing."
                            : "Link " + link.sequence() + " does not follow on link " + head.sequence()
                                    + ": links between them are missing, were changed, or stand twice.");
            // What missing links sealed cannot be checked.
            takeBefore(link.firstOffset());
        }
        Optional.ofNullable(expected.remove(link.sequence()))
                .filter(hash -> !hash.equals(link.hash()))
                .ifPresent(hash -> brokenLink(
                        at,
                        "Link " + link.sequence() + " is not the one that is expected: the chain was written anew."));
        isGood &= holds(link);
        if (isGood) {
            findings.holds(Check.CHAIN);
        }
        if (link.published() != null) {
            published.add(link);
        }
        head = link.head();
    }

    /** Whether the records behind the link before, up to its last one, are those that it sealed. */
    private boolean holds(ChainEvent.Sealed link) {
        if (link.lastOffset() < held.first()) {
            return isGone(link, link.records());
        }
        LinkBuilder again = new LinkBuilder(topic, partition, new ChainHead(0, -1, link.previous()));
        long before = gone;
        Map<Long, ChainEvent.Erased> notices =
                erased.subMap(Math.min(head.lastOffset() + 1, link.lastOffset()), true, link.lastOffset(), true);
        NavigableMap<Long, ChainEvent.Erased> open = new TreeMap<>(notices);
        while (next.isPresent() && next.get().offset() <= link.lastOffset()) {
            StoredRecord each = next.get();
            addErasedBefore(each.offset(), open, again);
            ChainEvent.Erased notice = open.remove(each.offset());
            Bytes digest = each.digest();
            boolean isErased = notice != null && !hex(digest).equals(notice.digest());
            again.add(each.offset(), isErased ? octets(notice.digest()) : digest);
            erasedCount += isErased ? 1 : 0;
            if (isErased && !erasures.isReplacement(topic, partition, each)) {
                broken(each.offset(), "The record was erased, and something else stands there now.");
            }
            advance(!isErased);
        }
        addErasedBefore(link.lastOffset() + 1, open, again);
        if (again.records() < link.records() && link.firstOffset() < held.first()) {
            return isGone(link, link.records() - again.records());
        }
        gone = before;
        if (again.records() != link.records()) {
            long difference = again.records() - link.records();
            broken(
                    Math.max(link.firstOffset(), 0),
                    "Link " + link.sequence() + " seals " + link.records() + " records from " + link.firstOffset()
                            + " to " + link.lastOffset() + ", and " + again.records() + " are there: "
                            + (difference < 0 ? -difference + " missing." : difference + " too many."));
            return false;
        }
        if (!again.digest().equals(link.digest())) {
            broken(
                    link.firstOffset(),
                    "Of the records from " + link.firstOffset() + " to " + link.lastOffset() + ", which link "
                            + link.sequence() + " seals, at least one was changed or replaced.");
            return false;
        }
        return true;
    }

    private boolean isGone(ChainEvent.Sealed link, long records) {
        gone += records;
        if (mayExpire) {
            findings.leaveOut(Check.CHAIN);
            return false;
        }
        broken(
                link.firstOffset(),
                records + " records that link " + link.sequence() + " seals, from " + link.firstOffset() + " to "
                        + link.lastOffset() + ", are no longer there: the log begins with " + held.first()
                        + ". If they were kept for a time only, say --allow-expired.");
        return false;
    }

    private void addErasedBefore(long offset, NavigableMap<Long, ChainEvent.Erased> open, LinkBuilder again) {
        while (!open.isEmpty() && open.firstKey() < offset) {
            ChainEvent.Erased notice = open.pollFirstEntry().getValue();
            again.add(notice.offset(), octets(notice.digest()));
            erasedCount++;
        }
    }

    /** Records that no link seals. */
    private void takeBefore(long offset) {
        while (next.isPresent() && next.get().offset() < offset) {
            unsealed++;
            advance(true);
        }
    }

    private void rest() {
        firstUnsealed = next.map(StoredRecord::offset).orElse(-1L);
        takeBefore(Long.MAX_VALUE);
    }

    private void advance(boolean isShown) {
        read++;
        (isShown ? records : replacements).accept(next.orElseThrow());
        next = audit.next();
    }

    private void compare(ChainHead sealed) {
        if (sealed.sequence() > head.sequence()) {
            broken("The chain ends with link " + head.sequence() + " and " + sealed.sequence()
                    + " were written: the last ones are missing.");
        } else if (sealed.sequence() == head.sequence() && !sealed.hash().equals(head.hash())) {
            broken("The last link is not the one that was written last.");
        }
    }

    private void broken(String sentence) {
        brokenLink(logs.extent(chainTopic, chainPartition).end(), sentence);
    }

    private void broken(long offset, String sentence) {
        findings.broken(Check.CHAIN, topic, partition, offset, sentence);
    }

    private void brokenLink(long offset, String sentence) {
        findings.broken(Check.CHAIN, chainTopic, chainPartition, offset, sentence);
    }

    private static String hex(Bytes digest) {
        return HexFormat.of().formatHex(digest.toArray());
    }

    private static Bytes octets(String hex) {
        try {
            return Bytes.of(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            return Bytes.empty();
        }
    }
}
