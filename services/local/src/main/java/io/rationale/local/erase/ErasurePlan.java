package io.rationale.local.erase;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Bytes;
import io.rationale.core.seal.ChainEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is to be known to erase: found once, written to a file, followed by whoever goes on after an interruption. The
 * file holds what was looked for, which is why it goes when all is done.
 *
 * @param id         of the erasure
 * @param by         who asked for it
 * @param reason     why, or null
 * @param at         when it began
 * @param persons    identifiers that were looked for, in their normal form
 * @param notes      ids of the notes that are erased
 * @param renamed    of these, ids that hold an identifier, with the names that they get
 * @param positions  records of the notes topic that hold them, as {@code topic-partition@offset}
 * @param exchanges  ids of the exchanges that are emptied
 * @param thoughts   audit events about other notes whose passage of thoughts goes, as {@code partition@offset}
 * @param quotes     SHA-256 of quotes of erased notes that discoveries show
 * @param dimensions names of note labels that are counted, whose values stay
 * @param recount    whether counts have to be made anew, because a name that they hang on holds an identifier
 * @param ends       offsets up to which topics were looked through, by {@code topic-partition}
 * @param notices    of the records that are emptied or rewritten, for the chain
 * @param events     for the audit
 * @param recorded   whether notices and events are written
 */
record ErasurePlan(
        String id,
        String by,
        String reason,
        Instant at,
        List<String> persons,
        Set<String> notes,
        Map<String, String> renamed,
        Set<String> positions,
        Set<String> exchanges,
        Set<String> thoughts,
        Set<String> quotes,
        Set<String> dimensions,
        boolean recount,
        Map<String, Long> ends,
        List<ChainEvent.Erased> notices,
        List<Event> events,
        boolean recorded) {
    /** An audit event with the partition that the note's other events are in. */
    record Event(int partition, AuditEvent.Erased event) {}

    ErasurePlan {
        persons = List.copyOf(persons);
        notes = Set.copyOf(notes);
        renamed = Map.copyOf(renamed);
        positions = Set.copyOf(positions);
        exchanges = Set.copyOf(exchanges);
        thoughts = Set.copyOf(thoughts);
        quotes = Set.copyOf(quotes);
        dimensions = Set.copyOf(dimensions);
        ends = Map.copyOf(ends);
        notices = List.copyOf(notices);
        events = List.copyOf(events);
    }

    /** The name that a note has from now on. */
    String nameOf(String noteId) {
        return renamed.getOrDefault(noteId, noteId);
    }

    /** A record's place in a topic of the notes. */
    static String position(String topic, int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }

    /** An audit event's place. */
    static String place(int partition, long offset) {
        return partition + "@" + offset;
    }

    /** Whether that quote is one of an erased note. */
    boolean isQuote(String text) {
        return quotes.contains(Bytes.utf8(text).sha256());
    }

    ErasurePlan with(List<ChainEvent.Erased> allNotices, List<Event> allEvents, boolean isRecorded) {
        return new ErasurePlan(
                id,
                by,
                reason,
                at,
                persons,
                notes,
                renamed,
                positions,
                exchanges,
                thoughts,
                quotes,
                dimensions,
                recount,
                ends,
                allNotices,
                allEvents,
                isRecorded);
    }
}
