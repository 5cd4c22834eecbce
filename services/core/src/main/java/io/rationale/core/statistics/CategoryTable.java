package io.rationale.core.statistics;

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
 * @param taxonomy   the version that the labels belong to
 * @param title      the taxonomy's title
 * @param window     {@code all}, {@code 1h}, {@code 24h} or {@code 7d}
 * @param from       start of the window, inclusive; null for {@code all}
 * @param to         end of the window, exclusive; null for {@code all}
 * @param sources    the sources counted, sorted
 * @param rows       categories with at least one note, most frequent first, ties in the taxonomy's order
 * @param decided    notes with a label: the denominator of every share
 * @param undecided  notes that R1 could not decide
 * @param usage      tokens spent, on undecided notes too
 * @param models     decided notes by the model that judged them
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
        Map<String, Long> models) {
    public CategoryTable {
        Objects.requireNonNull(taxonomy, "taxonomy");
        sources = List.copyOf(sources);
        rows = List.copyOf(rows);
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    }

    /**
     * One category.
     *
     * @param category  the label
     * @param name      for people
     * @param parent    the category above, or null
     * @param colour    {@code #rrggbb}, or null
     * @param count     notes
     * @param share     of the decided notes, 0 to 1
     * @param interval  95 % Wilson interval of the share
     * @param agreement mean agreement of the verdicts, 0 to 1
     * @param examples  two or three quotes, each from another note
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
            List<Example> examples) {
        public Row {
            examples = List.copyOf(examples);
        }
    }

    /** A verbatim quote from a note. */
    public record Example(String noteId, String source, String quote) {}

    /** Whether the simulator stood in for R1 for any note; derived, so it is written and never read. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public boolean simulated() {
        return models.keySet().stream().anyMatch(Provenance::isSimulated);
    }
}
