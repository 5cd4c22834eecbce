package io.rationale.local.reclassification;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Reclassifications as lines of text. What notes and people wrote is shown without control characters. */
public final class ReclassificationText {
    private ReclassificationText() {}

    /** What it would take, a line each. */
    public static List<String> estimate(JsonNode estimate) {
        List<String> lines = new ArrayList<>();
        JsonNode tokens = estimate.path("tokens");
        lines.add(String.format(
                Locale.ROOT,
                "%,d notes to judge again; %,d have a verdict under that version already and are left out.",
                estimate.path("notes").asLong(),
                estimate.path("already").asLong()));
        lines.add(String.format(
                Locale.ROOT,
                "About %,d tokens (%,d to %,d): %,d of prompts (%,d cached), %,d of thought, %,d of answers.",
                tokens.path("total").asLong(),
                tokens.path("low").asLong(),
                tokens.path("high").asLong(),
                tokens.path("prompt").asLong(),
                tokens.path("cached").asLong(),
                tokens.path("reasoning").asLong(),
                tokens.path("answer").asLong()));
        if (estimate.has("seconds")) {
            lines.add("About " + time(estimate.path("seconds").asLong()) + " while R1 has nothing else to do.");
        } else {
            lines.add("How long it takes is not known: R1 was not called lately.");
        }
        if (estimate.has("money")) {
            lines.add(String.format(
                    Locale.ROOT,
                    "About %.2f %s.",
                    estimate.at("/money/amount").asDouble(),
                    clean(estimate.at("/money/currency").asText())));
        }
        lines.add(String.format(
                Locale.ROOT,
                "Computed from %,d verdicts of %.0f tokens each; %,d different contents in batches of %.1f.",
                estimate.at("/basis/notes").asLong(),
                estimate.at("/basis/perNote").asDouble(),
                estimate.at("/basis/questions").asLong(),
                estimate.at("/basis/batch").asDouble()));
        return lines;
    }

    /** How far it is. */
    public static String progress(JsonNode job) {
        long decided = job.path("judged").asLong() + job.path("unclassifiable").asLong();
        String remaining = job.has("remainingSeconds")
                ? ", " + time(job.path("remainingSeconds").asLong()) + " left"
                : "";
        return String.format(
                Locale.ROOT,
                "Judging again (%s): %,d of %,d notes, %,d tokens%s",
                job.path("state").asText(),
                decided,
                job.path("notes").asLong(),
                job.at("/spent/total").asLong(),
                remaining);
    }

    /** One job in a list. */
    public static String line(JsonNode job) {
        return String.format(
                Locale.ROOT,
                "%s  %-10s  %s  %,d of %,d notes  asked by %s at %s",
                job.path("id").asText(),
                job.path("state").asText(),
                clean(job.path("taxonomy").asText()),
                job.path("judged").asLong() + job.path("unclassifiable").asLong(),
                job.path("notes").asLong(),
                clean(job.path("by").asText()),
                job.path("at").asText());
    }

    /** What it came to, with which labels went where. */
    public static List<String> outcome(JsonNode job) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d notes judged under %s, %,d that R1 could not decide; %,d tokens.",
                job.path("judged").asLong(),
                clean(job.path("taxonomy").asText()),
                job.path("unclassifiable").asLong(),
                job.at("/spent/total").asLong()));
        List<JsonNode> moves = new ArrayList<>();
        job.path("moved").forEach(moves::add);
        moves.sort(Comparator.comparing((JsonNode move) -> move.path("count").asLong())
                .reversed());
        int from = width(moves, "from", "before");
        int to = width(moves, "to", "now");
        if (!moves.isEmpty()) {
            lines.add("");
            lines.add(row(from, to, "before", "now", "notes"));
        }
        for (JsonNode move : moves) {
            lines.add(row(
                    from,
                    to,
                    label(move, "from"),
                    label(move, "to"),
                    String.format(Locale.ROOT, "%,d", move.path("count").asLong())));
        }
        return lines;
    }

    private static String row(int from, int to, String before, String now, String notes) {
        return String.format(Locale.ROOT, "%-" + from + "s  %-" + to + "s  %8s", before, now, notes);
    }

    private static int width(List<JsonNode> moves, String field, String title) {
        return moves.stream().mapToInt(move -> label(move, field).length()).reduce(title.length(), Math::max);
    }

    private static String label(JsonNode move, String field) {
        return move.has(field) ? clean(move.path(field).asText()) : "(undecided)";
    }

    private static String time(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min " + time.toSecondsPart() + " s" : seconds + " s";
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
