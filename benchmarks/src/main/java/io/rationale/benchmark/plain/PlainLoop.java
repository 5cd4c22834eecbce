package io.rationale.benchmark.plain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.benchmark.stack.ChildProcess;
import io.rationale.benchmark.stack.Parent;
import io.rationale.benchmark.stack.Processes;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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
 * with the same prompt for whole answers by the JDK's HTTP client, and checks no more than that each note has an answer.
 */
public final class PlainLoop {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST_CALL = Duration.ofMinutes(30);
    private static final int ATTEMPTS = 5;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final PromptBuilder prompts = new PromptBuilder(Taxonomies.ragFailures());
    private final Options options;
    private final Topics topics;
    private final ExecutorService calls;

    private PlainLoop(Options options) {
        this.options = options;
        topics = new Topics(options.topicPrefix());
        calls = Executors.newFixedThreadPool(options.concurrency());
    }

    /**
     * How to run.
     *
     * @param endpoint     base URL of R1
     * @param notesPerCall most notes in one prompt
     * @param concurrency  calls at a time
     * @param notesPerPoll most notes that are waited for together
     */
    public record Options(
            String bootstrapServers,
            String topicPrefix,
            String endpoint,
            String model,
            int notesPerCall,
            int concurrency,
            int notesPerPoll) {
        List<String> arguments() {
            return List.of(
                    bootstrapServers,
                    topicPrefix,
                    endpoint,
                    model,
                    String.valueOf(notesPerCall),
                    String.valueOf(concurrency),
                    String.valueOf(notesPerPoll));
        }

        private static Options of(String[] arguments) {
            return new Options(
                    arguments[0],
                    arguments[1],
                    arguments[2],
                    arguments[3],
                    Integer.parseInt(arguments[4]),
                    Integer.parseInt(arguments[5]),
                    Integer.parseInt(arguments[6]));
        }
    }

    /** What the loop says about a note. */
    private record Result(Note note, JsonNode verdict, String reasoning) {}

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
                List<Result> results = classify(polled);
                producer.beginTransaction();
                results.forEach(result -> producer.send(message(result)));
                producer.sendOffsetsToTransaction(offsets(polled), consumer.groupMetadata());
                producer.commitTransaction();
            }
        }
    }

    private List<Result> classify(ConsumerRecords<String, byte[]> polled)
            throws InterruptedException, ExecutionException {
        List<Note> notes = new ArrayList<>();
        polled.forEach(next -> notes.add(Json.read(next.value(), Note.class)));
        List<Future<List<Result>>> running = new ArrayList<>();
        for (int i = 0; i < notes.size(); i += options.notesPerCall()) {
            List<Note> batch = notes.subList(i, Math.min(i + options.notesPerCall(), notes.size()));
            running.add(calls.submit(() -> ask(batch)));
        }
        List<Result> results = new ArrayList<>();
        for (Future<List<Result>> call : running) {
            results.addAll(call.get());
        }
        return results;
    }

    private List<Result> ask(List<Note> notes) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(options.endpoint() + "/chat/completions"))
                .header("Content-Type", "application/json")
                .timeout(LONGEST_CALL)
                .POST(BodyPublishers.ofByteArray(body(notes)))
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                return read(http.send(request, BodyHandlers.ofByteArray()), notes);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private byte[] body(List<Note> notes) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("model", options.model());
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", prompts.build(notes).text());
        body.put("temperature", 0.6).put("top_p", 0.95).put("max_tokens", 32_768);
        return Json.bytes(body);
    }

    private static List<Result> read(HttpResponse<byte[]> response, List<Note> notes) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        JsonNode message = Json.tree(response.body()).path("choices").path(0).path("message");
        String reasoning = message.path("reasoning_content").asText("");
        Map<String, JsonNode> verdicts = new HashMap<>();
        Json.tree(message.path("content").asText("").getBytes(StandardCharsets.UTF_8))
                .path("verdicts")
                .forEach(verdict -> verdicts.put(verdict.path("id").asText(), verdict));
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < notes.size(); i++) {
            JsonNode verdict = verdicts.get(PromptBuilder.shortId(i));
            if (verdict == null) {
                throw new IOException("no verdict for " + PromptBuilder.shortId(i));
            }
            results.add(new Result(notes.get(i), verdict, reasoning));
        }
        return results;
    }

    private ProducerRecord<String, byte[]> message(Result result) {
        return new ProducerRecord<>(topics.audit(), result.note().id(), Json.bytes(result));
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
