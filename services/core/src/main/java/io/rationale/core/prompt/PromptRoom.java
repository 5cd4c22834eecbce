package io.rationale.core.prompt;

import io.rationale.core.r1.ModelProfiles;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much of a prompt its instructions, with the categories, may take. Half of the model's context is for thought and
 * answer; of the other half a quarter is kept for notes.
 *
 * @param tokens by estimate
 */
public record PromptRoom(int tokens) {
    /** What the classifier takes for granted while no server says how long its context is. */
    public static final PromptRoom DEFAULT =
            ofContext(ModelProfiles.of("deepseek-r1").contextTokens());

    /** For a model whose prompt, thought and answer have that many tokens together. */
    public static PromptRoom ofContext(int contextTokens) {
        return new PromptRoom(contextTokens / 2 / 4 * 3);
    }

    /** Estimated tokens of a prompt that come before the notes. */
    public int needed(Taxonomy taxonomy) {
        return new PromptBuilder(taxonomy).prefixTokens();
    }

    /** Whether one prompt has room for all of it. */
    public boolean holds(Taxonomy taxonomy) {
        return needed(taxonomy) <= tokens;
    }

    /** Why the taxonomy cannot be used to judge notes, a sentence for each fault; empty when it can. */
    public List<String> faults(Taxonomy taxonomy) {
        List<String> faults = new ArrayList<>(TaxonomyFaults.beforeUse(taxonomy));
        TaxonomyLevels levels = TaxonomyLevels.of(taxonomy, this);
        addFault("at the top", levels.top(), faults);
        levels.groups().forEach((group, level) -> addFault("below '" + group + "'", level, faults));
        return faults;
    }

    private void addFault(String where, Taxonomy level, List<String> faults) {
        if (!holds(level)) {
            faults.add(String.format(
                    Locale.ROOT,
                    "The categories %s take about %,d tokens of the prompt, which has room for %,d: put some into groups,"
                            + " or shorten definitions and examples.",
                    where,
                    needed(level),
                    tokens));
        }
    }
}
