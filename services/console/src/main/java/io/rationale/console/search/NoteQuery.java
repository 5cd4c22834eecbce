package io.rationale.console.search;

import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which notes are looked for: those that have a label under the version and that pass every filter.
 *
 * @param taxonomy    the version whose labels are meant
 * @param text        words, of which all must occur; null for any text
 * @param categories  labels, {@link #UNDECIDED} among them; empty for all
 * @param secondary   second labels; empty for all
 * @param sources     empty for all
 * @param dimensions  the sender's labels as {@code name:value}, each of which must be there
 * @param period      when the failures were seen
 * @param agreement   of the votes
 * @param reviewed    whether a person gave the label; null for both
 * @param drawn       whether a person reviewed the note as one of a random sample; null for both
 * @param failed      checks, of which one must have failed; empty for all notes
 */
public record NoteQuery(
        TaxonomyRef taxonomy,
        String text,
        Set<String> categories,
        Set<String> secondary,
        Set<String> sources,
        Set<String> dimensions,
        Period period,
        Range agreement,
        Boolean reviewed,
        Boolean drawn,
        Set<Check> failed) {
    /** Stands for the category of undecided notes; no category id can hold a tilde. */
    public static final String UNDECIDED = "~undecided";

    public NoteQuery {
        Objects.requireNonNull(taxonomy, "taxonomy");
        categories = sorted(categories);
        secondary = sorted(secondary);
        sources = sorted(sources);
        dimensions = sorted(dimensions);
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(agreement, "agreement");
        failed = sorted(failed);
    }

    /** Every note that has a label under that version. */
    public static NoteQuery all(TaxonomyRef taxonomy) {
        return new NoteQuery(
                taxonomy, null, Set.of(), Set.of(), Set.of(), Set.of(), Period.ALL, Range.WHOLE, null, null, Set.of());
    }

    /** The same for these labels. */
    public NoteQuery of(Set<String> wanted) {
        return new NoteQuery(
                taxonomy, text, wanted, secondary, sources, dimensions, period, agreement, reviewed, drawn, failed);
    }

    /** The same for these sources and that time. */
    public NoteQuery of(Set<String> wanted, Period time) {
        return new NoteQuery(
                taxonomy, text, categories, secondary, wanted, dimensions, time, agreement, reviewed, drawn, failed);
    }

    /** The same for that agreement. */
    public NoteQuery within(Range wanted) {
        return new NoteQuery(
                taxonomy, text, categories, secondary, sources, dimensions, period, wanted, reviewed, drawn, failed);
    }

    /** The same for notes with those words. */
    public NoteQuery saying(String words) {
        return new NoteQuery(
                taxonomy,
                words,
                categories,
                secondary,
                sources,
                dimensions,
                period,
                agreement,
                reviewed,
                drawn,
                failed);
    }

    /** Names the list that a cursor belongs to: the same for the same question asked a little later. */
    String fingerprint(NoteOrder order) {
        NoteQuery asked = period.name() == null ? this : of(sources, new Period(period.name(), null, null));
        return Bytes.utf8(Json.line(asked) + order).sha256().substring(0, 16);
    }

    private static <T> Set<T> sorted(Set<T> values) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    /**
     * A time.
     *
     * @param name of a window that moves, or null for a fixed time
     * @param from inclusive, or null for any; whole milliseconds count
     * @param to   exclusive, or null for any
     */
    public record Period(String name, Instant from, Instant to) {
        /** Any time. */
        public static final Period ALL = new Period(null, null, null);
    }

    /** Of agreement, both ends inclusive. */
    public record Range(double min, double max) {
        /** Any. */
        public static final Range WHOLE = new Range(0, 1);
    }
}
