package io.rationale.benchmark.plain;

import io.rationale.benchmark.stack.ChildProcess;
import io.rationale.benchmark.stack.Parent;
import io.rationale.benchmark.stack.Processes;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The loop that one would write in an afternoon, and correct: polls, asks R1 about all that came with a fixed number of
 * calls at a time, waits for all of them, writes the results and the offsets in one transaction, and polls again. It asks
 * with the same prompt by the JDK's HTTP client. A lean one takes whole answers, keeps none of them, and checks no more
 * than that each note has an answer; one that {@link Options#doesAll does all} streams them, checks labels and quotes, and
 * keeps each request and response, as the classifier does.
 */
public final class PlainLoop {
    private static final Duration POLL = Duration.ofMillis(100);
    static final Duration LONGEST_CALL = Duration.ofMinutes(30);

    private final PlainR1 r1;
    private final Options options;
    private final Topics topics;
    private final ExecutorService calls;

    private PlainLoop(Options options) {
        this.options = options;
        topics = new Topics(options.topicPrefix());
        r1 = new PlainR1(options);
        calls = Executors.newFixedThreadPool(options.concurrency());
    }

    /**
     * How to run.
     *
     * @param endpoint     base URL of R1
     * @param notesPerCall most notes in one prompt
     * @param concurrency  calls at a time
     * @param notesPerPoll most notes that are waited for together
     * @param doesAll      whether it streams, checks and keeps exchanges
     */
    public record Options(
            String bootstrapServers,
            String topicPrefix,
            String endpoint,
            String model,
            int notesPerCall,
            int concurrency,
            int notesPerPoll,
            boolean doesAll) {
        List<String> arguments() {
            return List.of(
                    bootstrapServers,
                    topicPrefix,
                    endpoint,
                    model,
                    String.valueOf(notesPerCall),
                    String.valueOf(concurrency),
                    String.valueOf(notesPerPoll),
                    String.valueOf(doesAll));
        }

        private static Options of(String[] arguments) {
            return new Options(
                    arguments[0],
                    arguments[1],
                    arguments[2],
                    arguments[3],
                    Integer.parseInt(arguments[4]),
                    Integer.parseInt(arguments[5]),
                    Integer.parseInt(arguments[6]),
                    Boolean.parseBoolean(arguments[7]));
        }
    }

    /** Starts one in a process of its own and does not wait. */
    public static ChildProcess start(Processes processes, Options options, List<String> jvmOptions) {
        return processes.start("plain-loop", PlainLoop.class.getName(), jvmOptions, options.arguments());
    }

    /** The loop, until the process is killed. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        Parent.watch();
        Options options = Options.of(args);
        try (KafkaConsumer<String, byte[]> consumer = consumer(options);
                KafkaProducer<String, byte[]> producer = producer(options)) {
            new PlainLoop(options).run(consumer, producer);
        }
    }

    private void run(KafkaConsumer<String, byte[]> consumer, KafkaProducer<String, byte[]> producer)
            throws InterruptedException, ExecutionException {
        producer.initTransactions();
        consumer.subscribe(List.of(topics.notes()));
        while (true) {
            ConsumerRecords<String, byte[]> polled = consumer.poll(POLL);
            if (!polled.isEmpty()) {
                List<PlainR1.Answer> answers = classify(polled);
                producer.beginTransaction();
                answers.forEach(answer -> send(answer, producer));
                producer.sendOffsetsToTransaction(offsets(polled), consumer.groupMetadata());
                producer.commitTransaction();
            }
        }
    }

    private List<PlainR1.Answer> classify(ConsumerRecords<String, byte[]> polled)
            throws InterruptedException, ExecutionException {
        List<Note> notes = new ArrayList<>();
        polled.forEach(next -> notes.add(Json.read(next.value(), Note.class)));
        List<Future<PlainR1.Answer>> running = new ArrayList<>();
        for (int i = 0; i < notes.size(); i += options.notesPerCall()) {
            List<Note> batch = notes.subList(i, Math.min(i + options.notesPerCall(), notes.size()));
            running.add(calls.submit(() -> r1.ask(batch)));
        }
        List<PlainR1.Answer> answers = new ArrayList<>();
        for (Future<PlainR1.Answer> call : running) {
            answers.add(call.get());
        }
        return answers;
    }

    private void send(PlainR1.Answer answer, KafkaProducer<String, byte[]> producer) {
        if (answer.exchange() != null) {
            PlainR1.Exchange exchange = answer.exchange();
            producer.send(new ProducerRecord<>(topics.exchanges(), exchange.id(), Json.bytes(exchange)));
        }
        for (PlainR1.Result result : answer.results()) {
            producer.send(new ProducerRecord<>(topics.audit(), result.note().id(), Json.bytes(result)));
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(ConsumerRecords<String, byte[]> polled) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<String, byte[]>> ofPartition = polled.records(partition);
            offsets.put(partition, new OffsetAndMetadata(ofPartition.getLast().offset() + 1));
        }
        return offsets;
    }

    private static KafkaConsumer<String, byte[]> consumer(Options options) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                options.bootstrapServers(),
                "group.id",
                options.topicPrefix() + "plain",
                "group.protocol",
                "consumer",
                "enable.auto.commit",
                "false",
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed",
                "max.poll.records",
                String.valueOf(options.notesPerPoll()),
                "max.poll.interval.ms",
                String.valueOf(LONGEST_CALL.toMillis()));
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static KafkaProducer<String, byte[]> producer(Options options) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                options.bootstrapServers(),
                "transactional.id",
                options.topicPrefix() + "plain",
                "compression.type",
                "lz4",
                "linger.ms",
                "5",
                "max.request.size",
                String.valueOf(16 * 1024 * 1024));
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }
}
