package io.rationale.core.reclassification;

import io.rationale.core.r1.Usage;
import java.util.List;
import java.util.Optional;

/**
 * Computes what judging notes again will take from what was spent on notes before.
 *
 * <p>A prompt is the instructions with the categories, shared by the notes of the call, and the notes. Both are estimated
 * by length for the old version and for the new one; what the servers counted for the old one says how far such an
 * estimate is off. Votes and retries stay as frequent as they were.
 *
 * <p>R1 thinks less about each of several notes than about one alone. How much less is told from the batches of different
 * sizes among the notes, where there are such; else thought grows with the square root of the notes in a call, as it was
 * measured of R1.
 */
public final class ReclassificationEstimator {
    private static final double USUAL_GROWTH = 0.5;
    /** Notes that a batch size needs to count in the comparison of sizes, and what their sizes must differ by. */
    private static final int ENOUGH = 20;

    private static final double DIFFERENT = 1.5;
    /** Batches of about the size to come need no such comparison. */
    private static final double ALIKE = 1.1;

    private static final double LEAST_DOUBT = 0.1;
    private static final double DOUBT_OF_GROWTH = 0.2;
    private static final double MOST_DOUBT = 0.9;
    private static final double MILLION = 1_000_000;

    private ReclassificationEstimator() {}

    /**
     * The instructions of a version with its categories.
     *
     * @param tokens estimated, of one call
     * @param levels calls that one answer takes: 1 unless the version is asked about level by level
     */
    public record Instructions(double tokens, double levels) {}

    /**
     * How the notes will be put together.
     *
     * @param maxNotes  most notes in a call
     * @param maxTokens most estimated tokens of the notes of a call
     */
    public record Batches(int maxNotes, int maxTokens) {}

    /**
     * What a million tokens cost.
     *
     * @param answer of thought and answer
     */
    public record Prices(String currency, double prompt, double cached, double answer) {}

    /**
     * The notes to be judged.
     *
     * @param notes     how many
     * @param already   further ones that have a verdict under the version
     * @param questions different contents among the notes
     * @param tokens    estimated tokens of a content, on average
     */
    public record Wanted(long notes, long already, long questions, double tokens) {}

    /**
     * Computes it.
     *
     * @param wanted the notes
     * @param before what was spent on them or on notes like them, by batch size
     * @param old    instructions under which that was
     * @param now    instructions of the version to judge under
     * @param rate   tokens of thought and answer a second with all slots in use
     */
    public static ReclassificationEstimate estimate(
            Wanted wanted,
            List<SpentBefore> before,
            Instructions old,
            Instructions now,
            Batches batches,
            Optional<Double> rate,
            Optional<Prices> prices) {
        SpentBefore all = SpentBefore.sum(before);
        double batch = batch(wanted, batches);
        double growth = growth(before, batch);
        Usage perNote = perNote(wanted, before, all, old, now, batch, growth);
        Usage usage = times(perNote, wanted.questions());
        double doubt = doubt(wanted, before, all, batch);
        return new ReclassificationEstimate(
                wanted.notes(),
                wanted.already(),
                range(usage, doubt),
                rate.filter(each -> each > 0)
                        .map(each -> Math.max(1, Math.round((usage.reasoning() + usage.answer()) / each)))
                        .filter(seconds -> wanted.questions() > 0)
                        .orElse(null),
                prices.map(each -> money(usage, each)).orElse(null),
                new ReclassificationEstimate.Basis(
                        all.notes(),
                        wanted.questions(),
                        all.notes() == 0 ? 0 : rounded(all.usage().total() / all.notes()),
                        rounded(batch),
                        rate.map(ReclassificationEstimator::rounded).orElse(null)));
    }

    /** As many as fit: under a backlog batches are full. */
    private static double batch(Wanted wanted, Batches batches) {
        double byTokens = wanted.tokens() <= 0 ? batches.maxNotes() : batches.maxTokens() / wanted.tokens();
        double full = Math.clamp(Math.floor(byTokens), 1, batches.maxNotes());
        if (wanted.questions() <= full) {
            return Math.max(1, wanted.questions());
        }
        // The last batch holds what is left over.
        return wanted.questions() / Math.ceil(wanted.questions() / full);
    }

    private static Usage perNote(
            Wanted wanted,
            List<SpentBefore> before,
            SpentBefore all,
            Instructions old,
            Instructions now,
            double batch,
            double growth) {
        if (all.notes() == 0) {
            return new Usage(now.levels() * (now.tokens() / batch + wanted.tokens()), 0, 0, 0);
        }
        double deeper = now.levels() / old.levels();
        double calls = deeper * all.calls() / all.notes();
        double instructionsBefore = before.stream()
                .mapToDouble(each -> each.calls() * old.tokens() / each.batch())
                .sum();
        double counted = all.usage().prompt() / Math.max(1, instructionsBefore + all.tokens());
        double instructions = counted * calls * now.tokens() / batch;
        double cachedShare = Math.min(1, all.usage().cached() / Math.max(1, counted * instructionsBefore));
        double reasoning = before.stream()
                .mapToDouble(each -> each.usage().reasoning() * Math.pow(each.batch() / batch, 1 - growth))
                .sum();
        return new Usage(
                instructions + counted * calls * wanted.tokens(),
                deeper * reasoning / all.notes(),
                deeper * all.usage().answer() / all.notes(),
                instructions * cachedShare);
    }

    /** The power of the notes in a call with which its thought grows: 0 for as much as about one, 1 for as much about each. */
    private static double growth(List<SpentBefore> before, double batch) {
        List<SpentBefore> enough =
                before.stream().filter(each -> each.notes() >= ENOUGH).toList();
        int smallest = enough.stream().mapToInt(SpentBefore::batch).min().orElse(1);
        int largest = enough.stream().mapToInt(SpentBefore::batch).max().orElse(1);
        if (largest < DIFFERENT * smallest) {
            return USUAL_GROWTH;
        }
        double weight = 0;
        double x = 0;
        double y = 0;
        for (SpentBefore each : enough) {
            weight += each.notes();
            x += each.notes() * Math.log(each.batch());
            y += each.notes() * Math.log(ofCall(each));
        }
        double xy = 0;
        double xx = 0;
        for (SpentBefore each : enough) {
            double dx = Math.log(each.batch()) - x / weight;
            xy += each.notes() * dx * (Math.log(ofCall(each)) - y / weight);
            xx += each.notes() * dx * dx;
        }
        return Math.clamp(xy / xx, 0, 1);
    }

    private static double ofCall(SpentBefore each) {
        return Math.max(1, each.usage().reasoning() / each.notes()) * each.batch();
    }

    /** Two standard errors, of what was seen and of what is to come: the notes of one call share its length. */
    private static double doubt(Wanted wanted, List<SpentBefore> before, SpentBefore all, double batch) {
        if (all.notes() == 0 || wanted.questions() == 0) {
            return MOST_DOUBT;
        }
        double mean = all.usage().total() / all.notes();
        double variance = Math.max(0, all.squares() / all.notes() - mean * mean) / (mean * mean);
        double callsSeen = before.stream()
                .mapToDouble(each -> each.notes() / (double) each.batch())
                .sum();
        double error = 2 * Math.sqrt(variance / Math.max(1, callsSeen) + variance * batch / wanted.questions());
        boolean isUnlike = before.stream()
                .anyMatch(each -> each.notes() >= all.notes() / 10.0
                        && Math.max(each.batch() / batch, batch / each.batch()) > ALIKE);
        return Math.clamp(error + (isUnlike ? DOUBT_OF_GROWTH : 0), LEAST_DOUBT, MOST_DOUBT);
    }

    private static Usage times(Usage usage, double factor) {
        return new Usage(
                usage.prompt() * factor, usage.reasoning() * factor, usage.answer() * factor, usage.cached() * factor);
    }

    private static ReclassificationEstimate.Range range(Usage usage, double doubt) {
        Tokens tokens = Tokens.of(usage);
        return new ReclassificationEstimate.Range(
                tokens.prompt(),
                tokens.cached(),
                tokens.reasoning(),
                tokens.answer(),
                tokens.total(),
                Math.round(tokens.total() * (1 - doubt)),
                Math.round(tokens.total() * (1 + doubt)));
    }

    private static ReclassificationEstimate.Money money(Usage usage, Prices prices) {
        double amount = ((usage.prompt() - usage.cached()) * prices.prompt()
                        + usage.cached() * prices.cached()
                        + (usage.reasoning() + usage.answer()) * prices.answer())
                / MILLION;
        return new ReclassificationEstimate.Money(Math.round(amount * 10_000) / 10_000.0, prices.currency());
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
