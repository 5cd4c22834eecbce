package io.rationale.local.command;

import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryEvent.State;
import io.rationale.core.discovery.DiscoveryReport;
import io.rationale.core.discovery.DiscoveryReport.Thought;
import io.rationale.core.discovery.DiscoveryRequest;
import io.rationale.core.discovery.DiscoveryResult;
import io.rationale.core.discovery.DiscoverySettings;
import io.rationale.core.discovery.NoteSample;
import io.rationale.core.discovery.ProposalYaml;
import io.rationale.core.discovery.StepSummary;
import io.rationale.core.intake.IntakeOptions;
import io.rationale.core.intake.UnreadableInputException;
import io.rationale.core.json.Json;
import io.rationale.local.discovery.DiscoveryClient;
import io.rationale.local.discovery.FindingsTable;
import io.rationale.local.discovery.RunId;
import io.rationale.local.discovery.SampleReader;
import io.rationale.local.node.NodeTask;
import io.rationale.local.node.RunningNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Files in, proposed taxonomy out.
 *
 * @param inputs   the files
 * @param intake   how to read them
 * @param settings of the discovery
 * @param most     notes in the sample
 * @param r1       who is asked, and for which model
 * @param out      where the proposal goes; empty for standard output
 * @param report   where the report goes, if anywhere
 * @param quiet    whether to show no progress
 */
record DiscoverTask(
        List<NoteInput> inputs,
        IntakeOptions intake,
        DiscoverySettings settings,
        int most,
        List<String> r1,
        Optional<Path> out,
        Optional<Path> report,
        boolean quiet)
        implements NodeTask {
    private static final Duration R1_PATIENCE = Duration.ofSeconds(60);
    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(10);

    @Override
    public int run(RunningNode node) throws Exception {
        if (!FirstAnswer.awaited(node)) {
            return ExitCode.R1_UNREACHABLE;
        }
        try (CallDisplay display = new CallDisplay(quiet);
                DiscoveryClient client = new DiscoveryClient(node.bootstrapServers(), node.topics())) {
            Optional<NoteSample> sample = sample(node, display);
            if (node.stopping()) {
                return ExitCode.INTERRUPTED;
            }
            if (sample.isEmpty()) {
                System.err.println("rationale: There is no note to find patterns in.");
                return ExitCode.USAGE;
            }
            return discover(node, client, sample.get(), display);
        }
    }

    private Optional<NoteSample> sample(RunningNode node, CallDisplay display) throws IOException {
        Complaints complaints = new Complaints(".");
        SampleReader reader =
                new SampleReader(intake.redacting(node.redactor()), most, settings.seed(), complaints, node::stopping);
        for (NoteInput input : inputs) {
            try (InputStream in = input.open().open()) {
                reader.read(in, input.name(), () -> display.reading(reader.notes()));
            } catch (UnreadableInputException e) {
                System.err.println("rationale: " + e.getMessage());
            }
        }
        complaints.end();
        reader.takenOut().ifPresent(System.err::println);
        return reader.notes() == 0 ? Optional.empty() : Optional.of(reader.sample(settings));
    }

    private int discover(RunningNode node, DiscoveryClient client, NoteSample sample, CallDisplay display)
            throws Exception {
        display.say(sample.population() + " notes; R1 reads " + sample.notes().size() + " of them in " + settings.runs()
                + (settings.runs() == 1 ? " run." : " runs."));
        String id = RunId.of(sample, settings, r1, client.latest());
        for (DiscoveryEvent earlier : client.latest().values()) {
            if (!earlier.state().isFinal() && !earlier.id().equals(id)) {
                // Left over from a command that was killed: nobody waits for it.
                client.send(DiscoveryRequest.cancel(earlier.id(), Instant.now()));
            }
        }
        if (!client.latest().containsKey(id)) {
            client.send(DiscoveryRequest.start(id, Instant.now(), settings, sample));
        }
        return follow(node, client, id, display);
    }

    private int follow(RunningNode node, DiscoveryClient client, String id, CallDisplay display) throws Exception {
        while (true) {
            Optional<DiscoveryEvent> event = client.follow(id);
            event.filter(now -> now.progress() != null).ifPresent(now -> display.calls(now.progress()));
            if (event.filter(now -> now.state().isFinal()).isPresent()) {
                display.close();
                return end(event.get(), client);
            }
            if (node.stopping()) {
                return cancel(client, id);
            }
            if (node.failure().get().isPresent()) {
                System.err.println("rationale: The classifier has ended ("
                        + node.failure().get().get().getMessage() + "); the same command goes on.");
                return ExitCode.FAILURE;
            }
            if (node.availability().outage().compareTo(R1_PATIENCE) > 0) {
                System.err.println("rationale: R1 cannot be reached for " + R1_PATIENCE.toSeconds() + " s: "
                        + node.availability().reason().orElse("") + "; the same command goes on.");
                return ExitCode.R1_UNREACHABLE;
            }
        }
    }

    private static int cancel(DiscoveryClient client, String id) throws IOException, InterruptedException {
        client.send(DiscoveryRequest.cancel(id, Instant.now()));
        long until = System.nanoTime() + CANCEL_PATIENCE.toNanos();
        while (System.nanoTime() < until
                && client.follow(id).filter(now -> now.state().isFinal()).isEmpty()) {
            // following waits
        }
        System.err.println("Stopped; the discovery is cancelled.");
        return ExitCode.INTERRUPTED;
    }

    private int end(DiscoveryEvent event, DiscoveryClient client) throws IOException {
        if (event.state() != State.DONE) {
            System.err.println("rationale: "
                    + (event.state() == State.CANCELLED ? "The discovery was cancelled." : event.reason()));
            return ExitCode.UNCLASSIFIABLE;
        }
        DiscoveryResult result = event.result();
        System.err.print(FindingsTable.of(result));
        result.dropped().forEach(dropped -> System.err.println("Dropped: " + dropped.name() + ": " + dropped.reason()));
        String yaml = ProposalYaml.of(result);
        if (out.isPresent()) {
            Files.writeString(out.get(), yaml);
            System.err.println("The proposal: " + out.get());
        } else {
            System.out.print(yaml);
            System.out.flush();
        }
        if (report.isPresent()) {
            write(report.get(), event, client);
        }
        return ExitCode.OK;
    }

    private static void write(Path folder, DiscoveryEvent event, DiscoveryClient client) throws IOException {
        Map<String, Thought> thoughts = client.thoughts(
                event.result().steps().stream().map(StepSummary::exchangeId).collect(Collectors.toSet()),
                event.requestedAt());
        DiscoveryReport report = new DiscoveryReport(event.result(), id -> Optional.ofNullable(thoughts.get(id)));
        Files.writeString(folder.resolve("report.md"), report.markdown());
        Files.writeString(folder.resolve("report.html"), report.html());
        Files.write(folder.resolve("discovery.json"), Json.bytes(event));
        System.err.println("Written to " + folder + ": report.md, report.html, discovery.json");
    }
}
