package io.rationale.simulator.chat;

import io.rationale.simulator.cluster.Tokens;
import io.rationale.simulator.reasoner.LexicalReasoner;

/** The model behind the server: checks a request as vLLM does and works out the whole completion. Thread-safe. */
public final class ChatModel {
    /** Prompt and output together. */
    public static final int CONTEXT_TOKENS = 131_072;

    private final String name;
    private final LexicalReasoner reasoner;

    public ChatModel(String name, LexicalReasoner reasoner) {
        this.name = name;
        this.reasoner = reasoner;
    }

    public String name() {
        return name;
    }

    /** Takes as long as it takes to read and think: not for an event loop. */
    public Prepared prepare(byte[] body) throws RefusedException {
        ChatRequest request = ChatRequestReader.read(body);
        if (!request.model().isBlank() && !request.model().equals(name)) {
            throw new RefusedException(Refusal.unknownModel(request.model()));
        }
        int promptTokens = Tokens.in(request.prompt());
        int requested = request.maxTokens().orElse(0);
        if (promptTokens > CONTEXT_TOKENS - requested) {
            throw new RefusedException(Refusal.promptTooLong(promptTokens, requested, CONTEXT_TOKENS));
        }
        int budget = request.maxTokens().orElse(CONTEXT_TOKENS - promptTokens);
        return new Prepared(request, Completion.of(reasoner.think(request.prompt()), promptTokens, budget));
    }

    /** A request and the completion that it will get. */
    public record Prepared(ChatRequest request, Completion completion) {}
}
