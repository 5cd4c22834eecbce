package io.rationale.core.discovery;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.Objects;

/**
 * How a discovery goes about it.
 *
 * @param taxonomy    what the proposal will be called
 * @param runs        how often the sample is read, each time shuffled and cut anew
 * @param seed        of the shuffles
 * @param language    in which categories are named, in English words; null for English
 * @param pieceNotes  most notes in a prompt that asks for patterns; 0 for the default, as with all that follow
 * @param pieceTokens most estimated tokens of these
 * @param batchNotes  most notes in a prompt that asks for categories
 * @param maxCalls    calls of R1 altogether
 */
public record DiscoverySettings(
        TaxonomyRef taxonomy,
        int runs,
        long seed,
        String language,
        int pieceNotes,
        int pieceTokens,
        int batchNotes,
        int maxCalls) {
    /** Three runs under the name {@code discovered@1}. */
    public static final DiscoverySettings DEFAULT =
            new DiscoverySettings(new TaxonomyRef("discovered", 1), 3, 1, null, 0, 0, 0, 0);

    private static final int MOST_RUNS = 20;

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    public DiscoverySettings {
        Objects.requireNonNull(taxonomy, "taxonomy");
        language = PlainWords.of(language, 40);
        language = language.isEmpty() ? "English" : language;
        pieceNotes = pieceNotes == 0 ? 60 : pieceNotes;
        pieceTokens = pieceTokens == 0 ? 10_000 : pieceTokens;
        batchNotes = batchNotes == 0 ? 15 : batchNotes;
        maxCalls = maxCalls == 0 ? 1_000 : maxCalls;
        if (runs < 1 || runs > MOST_RUNS) {
            throw new IllegalArgumentException("The runs of a discovery are 1 to " + MOST_RUNS + ", not " + runs + ".");
        }
        if (pieceNotes < 2 || pieceTokens < 100 || batchNotes < 1 || maxCalls < 1) {
            throw new IllegalArgumentException("The sizes of a discovery's prompts and its calls are positive.");
        }
    }

    /** The same with so many runs. */
    public DiscoverySettings withRuns(int number) {
        return new DiscoverySettings(taxonomy, number, seed, language, pieceNotes, pieceTokens, batchNotes, maxCalls);
    }

    /** The same with another seed. */
    public DiscoverySettings withSeed(long other) {
        return new DiscoverySettings(taxonomy, runs, other, language, pieceNotes, pieceTokens, batchNotes, maxCalls);
    }

    /** The same with categories named in another language. */
    public DiscoverySettings withLanguage(String other) {
        return new DiscoverySettings(taxonomy, runs, seed, other, pieceNotes, pieceTokens, batchNotes, maxCalls);
    }

    /** The same with other sizes of prompts. */
    public DiscoverySettings withSizes(int notesOfPiece, int tokensOfPiece, int notesOfBatch) {
        return new DiscoverySettings(
                taxonomy, runs, seed, language, notesOfPiece, tokensOfPiece, notesOfBatch, maxCalls);
    }

    /** The same with another bound on calls. */
    public DiscoverySettings withMaxCalls(int calls) {
        return new DiscoverySettings(taxonomy, runs, seed, language, pieceNotes, pieceTokens, batchNotes, calls);
    }
}
