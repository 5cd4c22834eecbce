package io.rationale.core.discovery;

import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a discovery found.
 *
 * @param taxonomy       the proposal, categories by share, most frequent first
 * @param categories     what is known about each, in the same order
 * @param agreement      mean adjusted Rand index of which notes the runs put together, or null for one run
 * @param runs           how often the sample was read
 * @param population     notes that were looked at
 * @param drawn          notes that were drawn from them
 * @param notes          of these, the ones that R1 read, each for those that say the same
 * @param effectiveNotes effective sample size of the shares
 * @param undecided      notes that R1 read and gave no label
 * @param dropped        what R1 named and does not count
 * @param steps          the calls, in the order of their numbers
 * @param usage          what they took
 */
public record DiscoveryResult(
        Taxonomy taxonomy,
        List<Finding> categories,
        Double agreement,
        int runs,
        long population,
        int drawn,
        int notes,
        double effectiveNotes,
        int undecided,
        List<DroppedPattern> dropped,
        List<StepSummary> steps,
        Usage usage) {
    public DiscoveryResult {
        Objects.requireNonNull(taxonomy, "taxonomy");
        Objects.requireNonNull(usage, "usage");
        categories = List.copyOf(categories);
        dropped = dropped == null ? List.of() : List.copyOf(dropped);
        steps = List.copyOf(steps);
    }

    /** What is known about that category. @throws java.util.NoSuchElementException when there is none of that id */
    public Finding finding(String category) {
        return known(category).orElseThrow();
    }

    /** The same for a category of which something is known. */
    public Optional<Finding> known(String category) {
        return categories.stream()
                .filter(each -> each.category().equals(category))
                .findFirst();
    }

    /** The same with other steps: with the places of their exchanges. */
    public DiscoveryResult with(List<StepSummary> others) {
        return new DiscoveryResult(
                taxonomy,
                categories,
                agreement,
                runs,
                population,
                drawn,
                notes,
                effectiveNotes,
                undecided,
                dropped,
                others,
                usage);
    }
}
