package io.rationale.console.discovery;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rationale.core.discovery.AskedNotes;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryEvent.State;
import io.rationale.core.discovery.DiscoveryProgress;
import io.rationale.core.discovery.DiscoveryResult;
import io.rationale.core.discovery.DroppedPattern;
import io.rationale.core.discovery.Example;
import io.rationale.core.discovery.Finding;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.time.Instant;
import java.util.List;

/** Discoveries as they are told over HTTP. */
final class DiscoveryAnswer {
    private static final String DRAWING = "drawing";

    private DiscoveryAnswer() {}

    /** Tokens. */
    record Tokens(long prompt, long reasoning, long answer) {
        static Tokens of(Usage usage) {
            return usage == null
                    ? null
                    : new Tokens(Math.round(usage.prompt()), Math.round(usage.reasoning()), Math.round(usage.answer()));
        }
    }

    /**
     * How one stands; null is not known, or not yet.
     *
     * @param by         who asked
     * @param read       notes that were looked at while it is drawn
     * @param total      of so many
     * @param population notes that the sample stands for
     * @param sampled    notes that R1 reads
     * @param cause      why it failed, a sentence
     * @param categories that it found
     * @param proposal   the version that was made of it
     */
    record Summary(
            String id,
            String by,
            Instant at,
            String state,
            AskedNotes asked,
            Integer read,
            Integer total,
            Long population,
            Integer sampled,
            String phase,
            Integer callsDone,
            Integer callsPlanned,
            Tokens tokens,
            Instant startedAt,
            Instant endedAt,
            String cause,
            Integer categories,
            String proposal) {}

    /** A share of the notes that the sample stands for, with its 95 % interval. */
    record Share(double share, double low, double high) {}

    /** A quote that was found in its note. */
    record Quote(String noteId, String field, String quote, int start, int end) {
        static Quote of(Example example) {
            return new Quote(example.noteId(), example.field(), example.quote(), example.start(), example.end());
        }
    }

    /** A category that was found, with what is known about it. */
    record Found(
            String category,
            String name,
            String definition,
            String notThis,
            String remedy,
            Double stability,
            Double agreement,
            Share share,
            int notes,
            List<Quote> examples) {
        static Found of(Category category, Finding finding) {
            return new Found(
                    category.id(),
                    category.name(),
                    category.definition(),
                    category.notThis(),
                    category.remedy(),
                    finding.stability(),
                    finding.agreement(),
                    new Share(finding.share(), finding.low(), finding.high()),
                    finding.notes(),
                    finding.examples().stream().map(Quote::of).toList());
        }
    }

    /** What was named and does not count. */
    record Dropped(String name, String reason) {
        static Dropped of(DroppedPattern pattern) {
            return new Dropped(pattern.name(), pattern.reason());
        }
    }

    /** One with all that it found. */
    record Whole(
            @JsonUnwrapped Summary summary,
            List<Found> findings,
            List<Dropped> dropped,
            Double runsAgreement,
            Integer undecided,
            Taxonomy taxonomy) {
        static Whole of(Summary summary, DiscoveryResult result) {
            if (result == null) {
                return new Whole(summary, List.of(), List.of(), null, null, null);
            }
            return new Whole(
                    summary,
                    result.taxonomy().categories().stream()
                            .flatMap(category ->
                                    result.known(category.id()).stream().map(finding -> Found.of(category, finding)))
                            .toList(),
                    result.dropped().stream().map(Dropped::of).toList(),
                    result.agreement(),
                    result.undecided(),
                    result.taxonomy());
        }
    }

    /** The list, newest first. */
    record Listed(List<Summary> discoveries) {}

    /** @param proposal the version that was made of it, or null */
    static Summary of(DiscoveryTable.Entry entry, Instant now, String proposal) {
        DiscoveryEvent event = entry.event();
        DiscoveryProgress progress = event.progress();
        boolean isDrawn = progress != null && progress.phase().equals(DRAWING);
        boolean isSilent = isSilent(event, now);
        boolean hasEnded = event.state().isFinal() || isSilent;
        return new Summary(
                event.id(),
                event.asked() == null ? null : event.asked().by(),
                event.requestedAt(),
                isSilent ? "failed" : name(event.state()),
                event.asked(),
                isDrawn ? progress.done() : null,
                isDrawn ? progress.planned() : null,
                event.population(),
                event.sampled(),
                progress == null ? null : progress.phase(),
                progress == null || isDrawn ? null : progress.done(),
                progress == null || isDrawn ? null : progress.planned(),
                Tokens.of(entry.usage()),
                event.startedAt(),
                hasEnded ? event.at() : null,
                isSilent ? "The console that drew its sample has ended." : event.reason(),
                entry.categories(),
                proposal);
    }

    /** Whether nothing follows. */
    static boolean hasEnded(DiscoveryEvent event, Instant now) {
        return event.state().isFinal() || isSilent(event, now);
    }

    private static boolean isSilent(DiscoveryEvent event, Instant now) {
        return event.state() == State.DRAWING
                && event.at().plus(Drawings.SILENCE).isBefore(now);
    }

    private static String name(State state) {
        return switch (state) {
            case DRAWING -> DRAWING;
            case WAITING -> "waiting";
            case RUNNING -> "running";
            case DONE -> "finished";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }
}
