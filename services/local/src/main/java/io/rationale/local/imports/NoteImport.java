package io.rationale.local.imports;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.intake.IntakeEntry;
import io.rationale.core.intake.NoteFileReader;
import io.rationale.core.intake.UnreadableInputException;
import io.rationale.core.note.Note;
import io.rationale.core.note.NoteIds;
import io.rationale.core.note.NoteRejection;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Brings files into the notes topic, each note once however often its file is read. Used by one thread; {@link
 * #awaited()} may be read by others.
 */
public final class NoteImport implements AutoCloseable {
    private final NoteFileReader reader;
    private final Redactor redactor;
    private final TakenOut takenOut = new TakenOut();
    private final DirectoryReader directory;
    private final NoteProducer producer;
    private final KnownNotes known;
    private final AwaitedNotes awaited = new AwaitedNotes();
    private final Consumer<DeadLetter> complaints;
    private final BooleanSupplier stopping;

    private final Set<Long> seen = new HashSet<>();
    private final Set<String> sources = new HashSet<>();
    private final List<String> unreadable = new ArrayList<>();
    private long repeated;
    private long rejected;

    /** Thrown out of the reader when the user asked to stop. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads what the data directory holds already.
     *
     * @param taxonomy   what is judged under: notes decided only under another are sent again
     * @param redactor   takes personal data out of what is no note
     * @param complaints is told of everything that is no note
     * @param stopping   whether to end early
     */
    public NoteImport(
            String bootstrapServers,
            Topics topics,
            TaxonomyRef taxonomy,
            NoteFileReader reader,
            Redactor redactor,
            Consumer<DeadLetter> complaints,
            BooleanSupplier stopping) {
        this.reader = reader;
        this.redactor = redactor;
        this.complaints = complaints;
        this.stopping = stopping;
        this.directory = new DirectoryReader(bootstrapServers, topics, taxonomy);
        this.known = directory.read();
        directory.follow(awaited);
        this.producer = new NoteProducer(bootstrapServers, topics);
    }

    /**
     * Reads one file to its end.
     *
     * @param name as messages name it
     * @param tick is run after each entry
     */
    public void read(InputStream in, String name, Runnable tick) throws IOException {
        try {
            reader.read(in, name, entry -> {
                take(entry, name);
                tick.run();
            });
        } catch (UnreadableInputException e) {
            unreadable.add(e.getMessage());
        } catch (Stopped e) {
            // The rest of the file is read by the next run.
        }
    }

    /** Waits until Kafka has everything. */
    public ImportSummary finish() {
        producer.flush();
        return new ImportSummary(seen.size(), repeated, rejected, sources, unreadable, takenOut.sentence());
    }

    /** Notes taken so far, each once. */
    public long accepted() {
        return seen.size();
    }

    /** The notes' decisions. */
    public AwaitedNotes awaited() {
        return awaited;
    }

    @Override
    public void close() {
        producer.close();
        directory.close();
    }

    private void take(IntakeEntry entry, String file) {
        if (stopping.getAsBoolean()) {
            throw new Stopped();
        }
        switch (entry) {
            case IntakeEntry.Rejected no -> reject(no.deadLetter());
            case IntakeEntry.Accepted yes -> accept(yes, file);
        }
    }

    private void accept(IntakeEntry.Accepted entry, String file) {
        Note note = entry.note();
        Optional<KnownNotes.Known> before = known.find(note.id());
        if (before.isPresent() && !KnownNotes.hasText(before.get(), note.text())) {
            reject(duplicate(entry, file));
            return;
        }
        sources.add(note.source());
        if (!seen.add(KnownNotes.hash(note.id()))) {
            repeated++;
            return;
        }
        takenOut.add(note.redacted());
        KnownNotes.State state = before.map(KnownNotes.Known::state).orElse(null);
        if (state == KnownNotes.State.CLASSIFIED || state == KnownNotes.State.UNCLASSIFIABLE) {
            awaited.decidedBefore(state);
            return;
        }
        awaited.await(note.id());
        if (state != KnownNotes.State.WAITING) {
            known.sent(note.id(), note.text(), "");
            producer.send(note);
        }
    }

    private static DeadLetter duplicate(IntakeEntry.Accepted entry, String file) {
        return new DeadLetter(
                "duplicate-"
                        + NoteIds.hash(entry.note().id() + '\n' + entry.note().text()),
                entry.original(),
                NoteRejection.Reason.DUPLICATE_ID.code(),
                "The id belongs to a note with another text already; if it does not name notes, give another column"
                        + " with --id-column, or an empty name to derive ids.",
                "id",
                new DeadLetter.Origin.File(file, entry.line()));
    }

    private void reject(DeadLetter found) {
        DeadLetter letter = redactor.letter(found);
        rejected++;
        takenOut.add(letter.redacted());
        complaints.accept(letter);
        if (known.addDeadLetter(letter.key())) {
            producer.send(letter);
        }
    }
}
