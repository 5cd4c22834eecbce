package io.rationale.local.discovery;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.discovery.DiscoverySettings;
import io.rationale.core.discovery.NoteSample;
import io.rationale.core.discovery.SampleDrawing;
import io.rationale.core.intake.IntakeEntry;
import io.rationale.core.intake.IntakeOptions;
import io.rationale.core.intake.NoteFileReader;
import io.rationale.core.intake.UnreadableInputException;
import io.rationale.local.imports.TakenOut;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Draws a sample from files of any length, in bounded memory. */
public final class SampleReader {
    private final NoteFileReader reader;
    private final SampleDrawing drawing;
    private final int most;
    private final TakenOut takenOut = new TakenOut();
    private final Consumer<DeadLetter> complaints;
    private final BooleanSupplier stopping;

    /** Thrown out of the reader when the user asked to stop. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param most       notes in the sample
     * @param seed       of the sample
     * @param complaints is told of everything that is no note
     * @param stopping   whether to end early
     */
    public SampleReader(
            IntakeOptions intake, int most, long seed, Consumer<DeadLetter> complaints, BooleanSupplier stopping) {
        this.reader = new NoteFileReader(intake);
        this.drawing = new SampleDrawing(seed, SampleDrawing.Limits.forNotes(most));
        this.most = most;
        this.complaints = complaints;
        this.stopping = stopping;
    }

    /**
     * Reads one file to its end, or until the user stops.
     *
     * @param name as messages name it
     * @param tick is run after each entry
     */
    public void read(InputStream in, String name, Runnable tick) throws IOException, UnreadableInputException {
        try {
            reader.read(in, name, entry -> {
                if (stopping.getAsBoolean()) {
                    throw new Stopped();
                }
                switch (entry) {
                    case IntakeEntry.Rejected no -> complaints.accept(no.deadLetter());
                    case IntakeEntry.Accepted yes -> {
                        takenOut.add(yes.note().redacted());
                        drawing.add(yes.note());
                    }
                }
                tick.run();
            });
        } catch (Stopped e) {
            // There will be no sample.
        }
    }

    /** A sentence about the personal data that was taken out, if there was any. */
    public Optional<String> takenOut() {
        return takenOut.sentence();
    }

    /** Notes so far. */
    public long notes() {
        return drawing.population();
    }

    /** The sample, as large as a request can carry. */
    public NoteSample sample(DiscoverySettings settings) {
        return drawing.folded().fitting(most, settings);
    }
}
