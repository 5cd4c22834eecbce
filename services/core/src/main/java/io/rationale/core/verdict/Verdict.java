package io.rationale.core.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * R1's judgement of one note, checked.
 *
 * @param taxonomy     the version it was judged under
 * @param category     one of that version's labels
 * @param secondary    the label of a second problem in the note, or null
 * @param evidence     quotes that were found in the note; empty when none was
 * @param rationale    one sentence
 * @param confidence   as R1 states it
 * @param reasoning    the passage about this note
 * @param votes        how often each label was sampled
 * @param agreement    share of the votes for {@code category}, 0 to 1
 * @param samples      each vote with its exchange, in the order of the asking; empty when there was only one
 * @param checks       what was checked
 * @param provenance   what made it
 * @param usage        this note's share of the tokens of all its calls
 * @param classifiedAt when
 */
public record Verdict(
        TaxonomyRef taxonomy,
        String category,
        String secondary,
        List<Evidence> evidence,
        String rationale,
        Confidence confidence,
        Reasoning reasoning,
        Map<String, Integer> votes,
        double agreement,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Sample> samples,
        Checks checks,
        Provenance provenance,
        Usage usage,
        Instant classifiedAt) {
    public Verdict {
        Objects.requireNonNull(taxonomy, "taxonomy");
        Objects.requireNonNull(category, "category");
        evidence = evidence == null ? List.of() : List.copyOf(evidence);
        rationale = rationale == null ? "" : rationale;
        confidence = confidence == null ? Confidence.UNSTATED : confidence;
        Objects.requireNonNull(reasoning, "reasoning");
        votes = votes == null ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(votes));
        samples = samples == null ? List.of() : List.copyOf(samples);
        Objects.requireNonNull(checks, "checks");
        Objects.requireNonNull(provenance, "provenance");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(classifiedAt, "classifiedAt");
    }

    /**
     * The verdict of another note with the same content, which cost nothing more.
     *
     * @param noteId the note that was asked about
     * @param at     when it was shared
     */
    public Verdict sharedFrom(String noteId, Instant at) {
        return new Verdict(
                taxonomy,
                category,
                secondary,
                evidence,
                rationale,
                confidence,
                reasoning,
                votes,
                agreement,
                samples,
                checks,
                provenance.sharedFrom(noteId),
                Usage.NONE,
                at);
    }

    /** The same verdict, which was given for that job. */
    public Verdict reclassifiedFor(String job) {
        return new Verdict(
                taxonomy,
                category,
                secondary,
                evidence,
                rationale,
                confidence,
                reasoning,
                votes,
                agreement,
                samples,
                checks,
                provenance.reclassifiedFor(job),
                usage,
                classifiedAt);
    }

    /** How sure R1 says it is. */
    public enum Confidence {
        HIGH,
        MEDIUM,
        LOW,
        UNSTATED;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The same verdict whose reasoning and samples point to the stored exchanges.
     *
     * @param pointer  of the reasoning
     * @param sampled  of the samples, in their order
     */
    public Verdict at(ExchangePointer pointer, List<ExchangePointer> sampled) {
        List<Sample> pointing = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            pointing.add(samples.get(i).at(sampled.get(i)));
        }
        return new Verdict(
                taxonomy,
                category,
                secondary,
                evidence,
                rationale,
                confidence,
                reasoning.at(pointer),
                votes,
                agreement,
                pointing,
                checks,
                provenance,
                usage,
                classifiedAt);
    }
}
