package io.rationale.classifier.r1.http;

import io.rationale.classifier.r1.server.ServerFacts;
import io.rationale.classifier.r1.server.ServerProfile;
import io.rationale.core.json.Bytes;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One endpoint over HTTP. Never throws for what a server does: that is an outcome. Thread safe. */
public final class HttpReasoningModel {
    private final R1Server server;
    private final CallSettings settings;
    private final ServerProbe probe;
    private final Instructions instructions = new Instructions();
    private volatile ServerFacts facts;

    HttpReasoningModel(R1Server server, CallSettings settings, ServerProbe probe) {
        this.server = server;
        this.settings = settings;
        this.probe = probe;
    }

    /** The endpoint's base URL, without credentials. */
    public String name() {
        return server.name();
    }

    /** What the last successful probe found. */
    public Optional<ServerFacts> facts() {
        return Optional.ofNullable(facts);
    }

    /** Tokens of prompt, thought and answer together, once that is known. */
    public OptionalInt contextTokens() {
        ServerFacts known = facts;
        return known == null ? OptionalInt.empty() : OptionalInt.of(ChatRequest.contextTokens(known, settings));
    }

    /** What the server has to do, for all of its clients, where it tells it. */
    public Optional<ServerLoad> load() throws InterruptedException {
        ServerFacts known = facts;
        if (known == null || known.profile().loadMetrics().isEmpty()) {
            return Optional.empty();
        }
        ServerProfile.LoadMetrics names = known.profile().loadMetrics().get();
        HttpAnswer answer = server.getBesideBase(names.path());
        return answer.status() == 200 ? ServerLoad.read(answer.body(), names) : Optional.empty();
    }

    /**
     * Asks the server what it is and for a very short answer.
     *
     * @return empty when it can be asked, else what is wrong
     */
    public Optional<ModelOutcome> probe() throws InterruptedException {
        return switch (probe.probe()) {
            case ServerProbe.Result.Found found -> {
                facts = found.facts();
                yield Optional.empty();
            }
            case ServerProbe.Result.Failed failed -> Optional.of(failed.outcome());
        };
    }

    /**
     * Asks and waits for the end of the answer.
     *
     * @param firstPayload run once, when the first words come; never where answers are not streamed
     */
    public ModelReply call(ModelRequest request, Runnable firstPayload) throws InterruptedException {
        Instant startedAt = Instant.now();
        long start = System.nanoTime();
        ServerFacts known = facts;
        if (known == null) {
            return unsent(new ModelOutcome.Unreachable("the server was not asked yet what it is"), startedAt);
        }
        Optional<ModelOutcome> tooLong = tooLong(known, request);
        if (tooLong.isPresent()) {
            return unsent(tooLong.get(), startedAt);
        }
        ChatRequest chat = ChatRequest.of(
                known,
                settings,
                request.prompt(),
                request.schema(),
                ChatRequest.maxTokens(known, settings),
                instructions);
        CompletionCall.Done done = new CompletionCall(
                        server, settings.stream(), settings.timeouts().within(request.atMost()), settings.loopGuard())
                .run(chat.body(), firstPayload);
        return new ModelReply(
                done.outcome(),
                name(),
                done.answer().server(),
                done.model() == null ? known.model() : done.model(),
                chat.body(),
                done.answer().body(),
                done.answer().status(),
                chat.sampling(),
                done.usage(),
                startedAt,
                done.answer().firstPayload(),
                Duration.ofNanos(System.nanoTime() - start),
                1,
                List.of());
    }

    /** Ollama cuts a prompt to its context without a word, and answers about the rest. */
    private Optional<ModelOutcome> tooLong(ServerFacts known, ModelRequest request) {
        int context = ChatRequest.contextTokens(known, settings);
        int prompt = request.prompt().tokens();
        return known.profile() == ServerProfile.OLLAMA && prompt > context
                ? Optional.of(new ModelOutcome.ContextExceeded(
                        "about " + prompt + " tokens do not fit the server's context of " + context,
                        OptionalInt.of(prompt),
                        OptionalInt.of(context)))
                : Optional.empty();
    }

    private ModelReply unsent(ModelOutcome outcome, Instant startedAt) {
        return new ModelReply(
                outcome,
                name(),
                null,
                null,
                Bytes.empty(),
                Bytes.empty(),
                0,
                null,
                Usage.NONE,
                startedAt,
                null,
                Duration.ZERO,
                1,
                List.of());
    }
}
