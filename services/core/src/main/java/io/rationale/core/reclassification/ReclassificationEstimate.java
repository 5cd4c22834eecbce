package io.rationale.core.reclassification;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What judging the selected notes again will take.
 *
 * @param notes   to be judged
 * @param already notes of the selection that have a verdict under the version; they are left out
 * @param tokens  that it takes
 * @param seconds that it takes while R1 has nothing else to do; null where the cluster's rate is not known
 * @param money   that it takes; null where no prices are configured
 * @param basis   what this is computed from
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReclassificationEstimate(long notes, long already, Range tokens, Long seconds, Money money, Basis basis) {
    /**
     * Whole tokens.
     *
     * @param prompt    of the prompts, cached ones included
     * @param cached    of these, those that the servers' prefix caches will hold
     * @param reasoning of the chains of thought
     * @param answer    of the answers
     * @param total     prompt, reasoning and answer together
     * @param low       of the total: it will hardly be less
     * @param high      of the total: it will hardly be more
     */
    public record Range(long prompt, long cached, long reasoning, long answer, long total, long low, long high) {}

    /**
     * What it costs.
     *
     * @param amount   in that currency
     * @param currency as configured
     */
    public record Money(double amount, String currency) {}

    /**
     * What an estimate is computed from.
     *
     * @param notes     verdicts that were looked at
     * @param questions calls are shared by notes of the same content: so many different contents are asked about
     * @param perNote   tokens that a note took in these verdicts, on average
     * @param batch     notes expected in a call
     * @param rate      tokens of thought and answer a second with all slots in use, or null where it is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Basis(long notes, long questions, double perNote, double batch, Double rate) {}
}
