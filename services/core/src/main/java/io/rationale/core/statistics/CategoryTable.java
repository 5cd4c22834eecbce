package io.rationale.core.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.Provenance;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The table that a researcher puts in a paper.
 *
 * @param taxonomy       the version that the labels belong to
 * @param title          the taxonomy's title, or null
 * @param window         {@code all}, {@code 1h}, {@code 24h}, {@code 7d}, {@code 30d}, or {@code range} for any other
 * @param from           start of what was counted, inclusive; null for no start
 * @param to             end of what was counted, exclusive; null for no end
 * @param sources        the sources counted, sorted
 * @param rows           categories with at least one note, most frequent first, ties in the taxonomy's order
 * @param decided        notes with a label: the denominator of every share
 * @param undecided      notes that R1 could not decide
 * @param usage          tokens spent, on undecided notes too
 * @param models         decided notes by the model that judged them
 * @param undecidedShare of the notes that R1 was asked about or a person labelled: decided and undecided
 * @param unjudged       notes that are known, and not yet judged under this version
 * @param agreement      mean agreement of all verdicts, 0 to 1; null without any
 * @param groups         inner nodes of the category tree with at least one note in or below them, most frequent first,
 *                       ties in the taxonomy's order
 * @param before         the window just before that changes are measured against; null when there is none
 * @param examplesPending whether examples are missing because the notes are still being indexed
 */
public record CategoryTable(
        TaxonomyRef taxonomy,
        String title,
        String window,
        Instant from,
        Instant to,
        List<String> sources,
        List<Row> rows,
        long decided,
        long undecided,
        Usage usage,
        Map<String, Long> models,
        Share undecidedShare,
        long unjudged,
        Double agreement,
        List<Group> groups,
        Before before,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean examplesPending) {
    public CategoryTable {
        Objects.requireNonNull(taxonomy, "taxonomy");
        sources = List.copyOf(sources);
        rows = List.copyOf(rows);
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
        groups = groups == null ? List.of() : List.copyOf(groups);
    }

    /**
     * One category.
     *
     * @param category  the label
     * @param name      for people; the label where the taxonomy does not know it
     * @param parent    the category above, or null
     * @param colour    {@code #rrggbb}, or null
     * @param count     notes
     * @param share     of the decided notes, 0 to 1
     * @param interval  95 % Wilson interval of the share
     * @param agreement mean agreement of the verdicts, 0 to 1
     * @param examples  two or three quotes, each from another note
     * @param usage     R1's tokens for these notes
     * @param change    of the share since the window before; null when either window has no decided notes
     */
    public record Row(
            String category,
            String name,
            String parent,
            String colour,
            long count,
            double share,
            WilsonInterval interval,
            double agreement,
            List<Example> examples,
            Usage usage,
            ShareChange change) {
        public Row {
            examples = List.copyOf(examples);
        }
    }

    /**
     * An inner node of the tree with everything below it; the components mean the same as those of a {@link Row}.
     *
     * @param category id of the node
     */
    public record Group(
            String category,
            String name,
            String parent,
            String colour,
            long count,
            double share,
            WilsonInterval interval,
            double agreement,
            Usage usage,
            ShareChange change) {}

    /**
     * The window just before, of the same length.
     *
     * @param from      start of what was counted, inclusive
     * @param to        end of what was counted, exclusive
     * @param decided   notes with a label
     * @param undecided notes that R1 could not decide
     */
    public record Before(Instant from, Instant to, long decided, long undecided) {}

    /** A verbatim quote from a note. */
    public record Example(String noteId, String source, String quote) {}

    /** Whether the simulator stood in for R1 for any note; derived, so it is written and never read. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public boolean simulated() {
        return models.keySet().stream().anyMatch(Provenance::isSimulated);
    }
}
