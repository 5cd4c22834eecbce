package io.rationale.console.statistics;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What counts need to know about one note: the value of the store {@code note-labels}. An event makes a new value, and
 * the difference of two values is exactly what has to move.
 *
 * @param source   where it comes from; null while only reviews of it were seen, which count from then on
 * @param minute   when the failure was seen, else Kafka's timestamp, in minutes since 1970; 0 without {@code source}
 * @param labels   those of the note's labels that were configured as dimensions when it was judged last
 * @param versions in the order in which they were first decided under
 */
record NoteState(String source, long minute, Map<String, String> labels, List<VersionState> versions) {
    /** Nothing is known yet. */
    static final NoteState UNSEEN = new NoteState(null, 0, Map.of(), List.of());

    private static final int FORMAT = 1;

    /** After that event. */
    NoteState with(AuditFacts event) {
        List<VersionState> changed = versionsWith(event);
        return event.kind() == AuditFacts.Kind.REVIEWED
                ? new NoteState(source, minute, labels, changed)
                : new NoteState(event.source(), event.minute(), event.labels(), changed);
    }

    private List<VersionState> versionsWith(AuditFacts event) {
        if (versions.isEmpty()) {
            return List.of(VersionState.none(event.taxonomy()).with(event));
        }
        List<VersionState> changed = new ArrayList<>(versions);
        changed.replaceAll(version -> version.taxonomy().equals(event.taxonomy()) ? version.with(event) : version);
        if (version(event.taxonomy()) == null) {
            changed.add(VersionState.none(event.taxonomy()).with(event));
        }
        return changed;
    }

    /** What is decided under that version, or null. */
    VersionState version(TaxonomyRef taxonomy) {
        for (VersionState version : versions) {
            if (version.taxonomy().equals(taxonomy)) {
                return version;
            }
        }
        return null;
    }

    /** Whether the note itself was seen, so that it counts. */
    boolean seen() {
        return source != null;
    }

    /** Whether it counts in the same place as the other, whatever the labels. */
    boolean isPlacedLike(NoteState other) {
        return minute == other.minute && source != null && source.equals(other.source) && labels.equals(other.labels);
    }

    void write(BinaryWriter out) {
        out.octet(FORMAT).text(source).signed(minute).size(labels.size());
        labels.forEach((name, value) -> out.text(name).text(value));
        out.size(versions.size());
        versions.forEach(version -> version.write(out));
    }

    static NoteState read(BinaryReader in) {
        in.expect(FORMAT);
        String source = in.text();
        long minute = in.signed();
        Map<String, String> labels = labels(in);
        int count = in.size();
        List<VersionState> versions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            versions.add(VersionState.read(in));
        }
        return new NoteState(source, minute, labels, versions);
    }

    private static Map<String, String> labels(BinaryReader in) {
        int count = in.size();
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> labels = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            labels.put(in.text(), in.text());
        }
        return labels;
    }
}
