package io.rationale.core.verdict;

import io.rationale.core.r1.Sampling;
import java.util.Objects;

/**
 * What made a verdict.
 *
 * @param model         as the server names it
 * @param server        what the server says it is, or null
 * @param endpoint      base URL, without credentials
 * @param promptVersion version of the prompt's wording
 * @param sampling      as sent
 * @param batchId       the batch that the note was asked in
 * @param batchSize     notes in it
 * @param batchPosition the note's place in it, from 0
 * @param attempts      R1 calls that this note took part in
 * @param sameTextAs    id of the note with the same content that was asked about in its place, or null
 * @param reclassification id of the job for which the note was judged again, or null
 */
public record Provenance(
        String model,
        String server,
        String endpoint,
        String promptVersion,
        Sampling sampling,
        String batchId,
        int batchSize,
        int batchPosition,
        int attempts,
        String sameTextAs,
        String reclassification) {
    /** The model name under which the simulator answers; every reader of a verdict can tell. */
    public static final String SIMULATED_MODEL = "lexical-stand-in";

    public Provenance {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(promptVersion, "promptVersion");
    }

    /** Of a note that is judged as it comes. */
    public Provenance(
            String model,
            String server,
            String endpoint,
            String promptVersion,
            Sampling sampling,
            String batchId,
            int batchSize,
            int batchPosition,
            int attempts,
            String sameTextAs) {
        this(
                model,
                server,
                endpoint,
                promptVersion,
                sampling,
                batchId,
                batchSize,
                batchPosition,
                attempts,
                sameTextAs,
                null);
    }

    /** The same for a note that was judged again for that job. */
    public Provenance reclassifiedFor(String job) {
        return new Provenance(
                model,
                server,
                endpoint,
                promptVersion,
                sampling,
                batchId,
                batchSize,
                batchPosition,
                attempts,
                sameTextAs,
                job);
    }

    /** The same for a note that shares the verdict of another with the same content: it took part in no call. */
    public Provenance sharedFrom(String noteId) {
        return new Provenance(
                model,
                server,
                endpoint,
                promptVersion,
                sampling,
                batchId,
                batchSize,
                batchPosition,
                0,
                noteId,
                reclassification);
    }

    /** Whether the simulator stood in for R1. */
    public static boolean isSimulated(String model) {
        return SIMULATED_MODEL.equals(model);
    }
}
