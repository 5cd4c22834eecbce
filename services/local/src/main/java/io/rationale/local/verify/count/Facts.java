package io.rationale.local.verify.count;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Usage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What counts need of an audit event, some 120 octets without any words of the note; names are numbers of {@link Names}.
 *
 * @param note      the first half of the SHA-256 of the note's id
 * @param kind      of event
 * @param offset    of the event
 * @param at        when it was decided, in milliseconds since 1970
 * @param taxonomy  the version
 * @param category  the label, or none
 * @param before    what a review says stood before, or none
 * @param source    of the note; none in a review
 * @param minute    of the failure, since 1970; 0 in a review
 * @param labels    of the note, those that are counted: name to value
 * @param agreement of the votes
 * @param model     that judged, or none
 * @param usage     tokens spent
 */
record Facts(
        Id note,
        Kind kind,
        long offset,
        long at,
        int taxonomy,
        int category,
        int before,
        int source,
        long minute,
        Map<Integer, Integer> labels,
        double agreement,
        int model,
        Usage usage) {
    private static final Kind[] KINDS = Kind.values();

    /** A note's id without its words. */
    record Id(long high, long low) {
        static Id of(String noteId) {
            ByteBuffer digest =
                    ByteBuffer.wrap(HexFormat.of().parseHex(Bytes.utf8(noteId).sha256()));
            return new Id(digest.getLong(), digest.getLong());
        }
    }

    /** Kinds of events. */
    enum Kind {
        CLASSIFIED,
        UNCLASSIFIABLE,
        REVIEWED
    }

    /** @param dimensions names of the labels that are counted */
    static Facts of(AuditEvent event, long offset, Names names, Set<String> dimensions) {
        Id id = Id.of(event.noteId());
        int taxonomy = names.of(event.taxonomyRef());
        long at = event.at().toEpochMilli();
        return switch (event) {
            case AuditEvent.Classified e ->
                new Facts(
                        id,
                        Kind.CLASSIFIED,
                        offset,
                        at,
                        taxonomy,
                        names.of(e.verdict().category()),
                        Names.NONE,
                        names.of(e.note().source()),
                        minute(e.note(), e.position().timestamp()),
                        labels(e.note(), names, dimensions),
                        e.verdict().agreement(),
                        names.of(e.verdict().provenance().model()),
                        e.verdict().usage());
            case AuditEvent.Unclassifiable e ->
                new Facts(
                        id,
                        Kind.UNCLASSIFIABLE,
                        offset,
                        at,
                        taxonomy,
                        Names.NONE,
                        Names.NONE,
                        names.of(e.note().source()),
                        minute(e.note(), e.position().timestamp()),
                        labels(e.note(), names, dimensions),
                        0,
                        Names.NONE,
                        e.usage());
            case AuditEvent.Erased e -> throw new IllegalArgumentException("an erasure changes no count");
            case AuditEvent.Reviewed e ->
                new Facts(
                        id,
                        Kind.REVIEWED,
                        offset,
                        at,
                        taxonomy,
                        names.of(e.newCategory()),
                        names.of(e.oldCategory()),
                        Names.NONE,
                        0,
                        Map.of(),
                        0,
                        Names.NONE,
                        Usage.NONE);
        };
    }

    private static long minute(Note note, java.time.Instant received) {
        java.time.Instant seen = note.observedAt() == null ? received : note.observedAt();
        return Math.floorDiv(seen.getEpochSecond(), 60L);
    }

    private static Map<Integer, Integer> labels(Note note, Names names, Set<String> dimensions) {
        Map<Integer, Integer> labels = new TreeMap<>();
        note.labels().forEach((name, value) -> {
            if (dimensions.contains(name)) {
                labels.put(names.of(name), names.of(value));
            }
        });
        return labels;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(note.high());
        out.writeLong(note.low());
        out.writeByte(kind.ordinal());
        out.writeLong(offset);
        out.writeLong(at);
        out.writeInt(taxonomy);
        out.writeInt(category);
        out.writeInt(before);
        out.writeInt(source);
        out.writeLong(minute);
        out.writeInt(labels.size());
        for (Map.Entry<Integer, Integer> label : labels.entrySet()) {
            out.writeInt(label.getKey());
            out.writeInt(label.getValue());
        }
        out.writeDouble(agreement);
        out.writeInt(model);
        out.writeDouble(usage.prompt());
        out.writeDouble(usage.reasoning());
        out.writeDouble(usage.answer());
        out.writeDouble(usage.cached());
    }

    static Facts read(DataInput in) throws IOException {
        return new Facts(
                new Id(in.readLong(), in.readLong()),
                KINDS[in.readByte()],
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                readLabels(in),
                in.readDouble(),
                in.readInt(),
                new Usage(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()));
    }

    private static Map<Integer, Integer> readLabels(DataInput in) throws IOException {
        Map<Integer, Integer> labels = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            labels.put(in.readInt(), in.readInt());
        }
        return labels.isEmpty() ? Map.of() : labels;
    }
}
