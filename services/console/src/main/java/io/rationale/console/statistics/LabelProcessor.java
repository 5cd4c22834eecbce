package io.rationale.console.statistics;

import io.rationale.core.r1.Usage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;

/**
 * Keeps each note's labels and the counts of one audit partition up to date: what the note added before is taken away,
 * what it adds now is added. Each count that changed is sent on once a commit. A record that is no audit event is
 * counted, logged without its text, and passed over.
 */
final class LabelProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = Logger.getLogger(LabelProcessor.class);
    private static final Duration ROLL_UP_EVERY = Duration.ofSeconds(1);
    /** Between commits, unless a backlog is counted: then Streams' own interval holds, a longer one. */
    private static final Duration COMMIT_EVERY = Duration.ofMillis(100);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final StatisticsTopology.Settings settings;
    private final AuditFactsReader reader;
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<String, NoteState> notes;
    private CountStore counts;
    private RollUp rollUp;
    private long committedAt;

    LabelProcessor(StatisticsTopology.Settings settings) {
        this.settings = settings;
        this.reader = new AuditFactsReader(settings.dimensions());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        notes = processorContext.getStateStore(StatisticsTopology.NOTE_LABELS);
        counts = processorContext.getStateStore(StatisticsTopology.CATEGORY_COUNTS);
        counts.onChange(new Output((InternalProcessorContext<byte[], byte[]>) processorContext));
        rollUp = new RollUp(counts, settings.retention());
        rollUp.begin(Instant.ofEpochMilli(processorContext.currentSystemTimeMs()));
        processorContext.schedule(
                ROLL_UP_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> rollUp.step(Instant.ofEpochMilli(now)));
        processorContext.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> commitWhenDue());
    }

    @Override
    public void process(Record<byte[], byte[]> incoming) {
        settings.pace().counted();
        try {
            if (incoming.value() == null) {
                throw new IOException("no value");
            }
            AuditFacts event = reader.read(incoming.value());
            if (event != null) {
                apply(event);
            }
        } catch (IOException e) {
            settings.onUnreadable().run();
            LOG.warnf(
                    "Skipped an audit record that cannot be read; position=%s fault=%s",
                    context.recordMetadata().map(LabelProcessor::position).orElse("?"),
                    e.getClass().getSimpleName());
        }
        commitWhenDue();
    }

    /**
     * What is decided now is seen at once. In a backlog the same counts change again and again, and to send a count on
     * costs as much as to count a note.
     */
    private void commitWhenDue() {
        boolean isDue = context.currentSystemTimeMs() - committedAt >= COMMIT_EVERY.toMillis();
        if (isDue && counts.isChanged() && !settings.pace().isFast()) {
            context.commit();
        }
    }

    private static String position(RecordMetadata at) {
        return at.topic() + "-" + at.partition() + "@" + at.offset();
    }

    private void apply(AuditFacts event) {
        NoteState before = Optional.ofNullable(notes.get(event.noteId())).orElse(NoteState.UNSEEN);
        NoteState after = before.with(event);
        notes.put(event.noteId(), after);
        boolean stays = after.isPlacedLike(before);
        if (!stays) {
            new Placed(before).countNote(-1);
            new Placed(after).countNote(1);
        }
        for (VersionState version : before.versions()) {
            if (!stays || !version.equals(after.version(version.taxonomy()))) {
                new Placed(before).count(version, -1);
            }
        }
        for (VersionState version : after.versions()) {
            if (!stays || !version.equals(before.version(version.taxonomy()))) {
                new Placed(after).count(version, 1);
            }
        }
    }

    /** A note in the bucket that holds its time now. */
    private final class Placed {
        private final NoteState note;
        private final Bucket bucket;

        Placed(NoteState note) {
            this.note = note;
            this.bucket = rollUp.horizon().place(note.minute());
        }

        void countNote(int sign) {
            if (note.seen()) {
                counts.change(new CountKey(bucket, null, null, note.source(), null, null))
                        .add(sign, 0, Usage.NONE, null);
            }
        }

        void count(VersionState version, int sign) {
            if (note.seen()) {
                count(version, sign, null, null);
                note.labels().forEach((dimension, value) -> count(version, sign, dimension, value));
            }
        }

        private void count(VersionState version, int sign, String dimension, String value) {
            counts.change(new CountKey(bucket, version.taxonomy(), version.category(), note.source(), dimension, value))
                    .add(sign, Exact.units(version.standing()), version.usage(), version.judgedBy());
        }
    }

    /** Sends changed counts on. Streams flushes stores between records, when no processor is at work: this one is then. */
    private final class Output implements CountStore.Listener {
        private final InternalProcessorContext<byte[], byte[]> internal;
        private final ProcessorNode<?, ?, ?, ?> node;

        Output(InternalProcessorContext<byte[], byte[]> internal) {
            this.internal = internal;
            this.node = internal.currentNode();
        }

        @Override
        public void committing() {
            committedAt = internal.currentSystemTimeMs();
        }

        @Override
        public Runnable begin() {
            ProcessorNode<?, ?, ?, ?> before = internal.currentNode();
            internal.setCurrentNode(node);
            return () -> internal.setCurrentNode(before);
        }

        @Override
        public byte[] name(CountKey key) {
            return new PartialCount(key, context.taskId().partition(), rollUp.generation()).json();
        }

        @Override
        public void changed(byte[] name, Sums sums) {
            byte[] value = sums == null ? null : PartialCount.value(name, sums);
            context.forward(new Record<>(name, value, context.currentSystemTimeMs()));
        }
    }
}
