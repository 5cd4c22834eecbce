package io.rationale.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.local.reclassification.ReclassificationClient;
import io.rationale.local.reclassification.ReclassificationText;
import java.io.Console;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * From the estimate to the end of a reclassification, at whichever console.
 *
 * @param selection    what is asked for
 * @param by           who asks
 * @param isConfirmed  whether nobody is to be asked
 * @param onlyEstimate whether that is all
 * @param isQuiet      whether to show no progress
 */
record ReclassifyTask(ObjectNode selection, String by, boolean isConfirmed, boolean onlyEstimate, boolean isQuiet) {
    private static final long POLL_MILLIS = 500;

    /** Where the console runs, and what may end the waiting for it. */
    interface Surroundings {
        /** Whether the user asked to stop, after waiting at most so long for that. */
        boolean stopsWithin(long millis) throws InterruptedException;

        /** What ends the waiting beside the user, told to whom it concerns. */
        OptionalInt trouble();

        /** Whether a job goes on only as long as this process. */
        boolean isHere();

        /** The user does not wait any longer. @return what becomes of the job */
        String leave(String id, String by);
    }

    int run(ReclassificationClient client, Surroundings around) throws InterruptedException {
        try {
            JsonNode estimate = client.estimate(selection);
            if (!onlyEstimate && estimate.has("unfinished")) {
                return follow(
                        client,
                        around,
                        resumed(client, estimate.path("unfinished").asText()));
            }
            ReclassificationText.estimate(estimate).forEach(System.out::println);
            boolean isNothing = estimate.path("notes").asLong() == 0;
            if (onlyEstimate || isNothing) {
                return ExitCode.OK;
            }
            if (!isConfirmed && !confirmed()) {
                System.out.println("Nothing is done.");
                return ExitCode.OK;
            }
            ObjectNode asked = selection.deepCopy();
            asked.put("by", by).set("estimate", estimate);
            return follow(client, around, client.start(asked));
        } catch (ReclassificationClient.StoppedException e) {
            return ExitCode.INTERRUPTED;
        }
    }

    private static boolean confirmed() {
        Console terminal = Terminal.isWatched() ? System.console() : null;
        if (terminal == null) {
            throw new UsageException("There is no terminal to ask at: add --yes to begin, or --estimate-only.");
        }
        String answer = terminal.readLine("Judge them again? [y/N] ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private JsonNode resumed(ReclassificationClient client, String id) throws InterruptedException {
        JsonNode job = client.find(id);
        System.err.println("Going on with reclassification " + id + ".");
        return job.path("state").asText().equals("paused") ? client.change(id, "resume", by) : job;
    }

    private int follow(ReclassificationClient client, Surroundings around, JsonNode begun) throws InterruptedException {
        String id = begun.path("id").asText();
        JsonNode job = begun;
        try (CallDisplay display = new CallDisplay(isQuiet)) {
            while (!isOver(job)) {
                display.progress(ReclassificationText.progress(job));
                if (around.stopsWithin(POLL_MILLIS)) {
                    display.settle();
                    System.err.println(around.leave(id, by));
                    return ExitCode.INTERRUPTED;
                }
                OptionalInt trouble = around.trouble();
                if (trouble.isPresent()) {
                    return trouble.getAsInt();
                }
                try {
                    job = next(client, around, id);
                } catch (UsageException e) {
                    // The services of this process close before it hears of the stop.
                    if (!around.stopsWithin(POLL_MILLIS)) {
                        throw e;
                    }
                }
            }
            display.progress(ReclassificationText.progress(job));
        }
        ReclassificationText.outcome(job).forEach(System.out::println);
        boolean isWhole = job.path("state").asText().equals("finished")
                && job.path("unclassifiable").asLong() == 0;
        return isWhole ? ExitCode.OK : ExitCode.UNCLASSIFIABLE;
    }

    /** The pause that the command before asked for when it was stopped may come only now. */
    private JsonNode next(ReclassificationClient client, Surroundings around, String id) throws InterruptedException {
        JsonNode job = client.find(id);
        boolean isLeftOver = around.isHere() && job.path("state").asText().equals("paused");
        return isLeftOver ? client.change(id, "resume", by) : job;
    }

    private static boolean isOver(JsonNode job) {
        String state = job.path("state").asText();
        return state.equals("finished") || state.equals("cancelled");
    }
}
