package io.rationale.simulator.chat;

import io.rationale.simulator.cluster.Tokens;
import io.rationale.simulator.fault.Distortion;
import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.fault.Faults;
import io.rationale.simulator.fault.Output;
import io.rationale.simulator.prompt.ListedNote;
import io.rationale.simulator.prompt.Task;
import io.rationale.simulator.prompt.TaskReader;
import io.rationale.simulator.reasoner.LexicalReasoner;
import io.rationale.simulator.reasoner.Thinking;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The model behind the servers: checks a request as the server that it plays does, draws its faults and works out the
 * whole completion. Thread-safe.
 *
 * @param name       the only model that is served
 * @param context    tokens of prompt and output together
 * @param checksName whether another name is refused
 * @param length     of the thought
 * @param faults     the rates of now
 */
public record ChatModel(
        String name,
        int context,
        boolean checksName,
        LongPrompts longPrompts,
        LexicalReasoner reasoner,
        ThoughtLength length,
        RequestSeeds seeds,
        Supplier<Faults> faults) {
    /** What R1 writes between its thought and its answer. */
    private static final String AFTER_THOUGHT = "\n\n";

    /**
     * A request, the completion that it will get, and what goes wrong with it.
     *
     * @param prompt what the model reads of the request's prompt
     * @param seed   the request's own
     */
    public record Prepared(ChatRequest request, String prompt, Completion completion, Set<Fault> faults, long seed) {}

    /** Takes as long as it takes to read and think: not for an event loop. */
    public Prepared prepare(byte[] body) throws RefusedException {
        ChatRequest request = ChatRequestReader.read(body);
        if (checksName && !request.model().isBlank() && !request.model().equals(name)) {
            throw new RefusedException(new Refusal.UnknownModel(request.model()));
        }
        String prompt = fitting(request);
        int promptTokens = Tokens.in(prompt);
        int budget = budget(request, promptTokens);
        long seed = seeds.next(prompt);
        Optional<Task> task = TaskReader.read(prompt);
        List<ListedNote> notes = task.map(Task::notes).orElseGet(() -> TaskReader.notesToGroup(prompt));
        int judged = task.isPresent() ? notes.size() : 0;
        Set<Fault> given = faults.get().draw(seed, request.stream(), !notes.isEmpty());
        Output output = new Distortion(given, task, budget * Tokens.CHARS_PER_TOKEN, seed)
                .of(output(prompt, notes, budget, seed));
        return new Prepared(request, prompt, Completion.of(output, judged, promptTokens, budget), given, seed);
    }

    private String fitting(ChatRequest request) throws RefusedException {
        int tokens = Tokens.in(request.prompt());
        int requested = request.maxTokens().orElse(0);
        return switch (longPrompts) {
            case REFUSED_WITH_OUTPUT -> checked(request, tokens, requested, (long) tokens + requested <= context);
            case REFUSED -> checked(request, tokens, requested, tokens < context);
            case CUT -> tokens <= context ? request.prompt() : Tokens.last(context, request.prompt());
        };
    }

    private String checked(ChatRequest request, int tokens, int requested, boolean fits) throws RefusedException {
        if (!fits) {
            throw new RefusedException(new Refusal.PromptTooLong(tokens, requested, context));
        }
        return request.prompt();
    }

    /** A server that cuts prompts goes on to cut them while it writes, so the context does not end the output there. */
    private int budget(ChatRequest request, int promptTokens) {
        int room = longPrompts == LongPrompts.CUT ? context : context - promptTokens;
        return Math.min(request.maxTokens().orElse(room), room);
    }

    /** Longer than the budget no thought needs to be: there it is cut. */
    private Output output(String prompt, List<ListedNote> notes, int budget, long seed) {
        Thinking thinking =
                notes.isEmpty() ? Probe.answer(prompt).orElseGet(() -> reasoner.think(prompt)) : reasoner.think(prompt);
        String thought = notes.isEmpty()
                ? thinking.thought()
                : new Musing(seed)
                        .lengthened(thinking.thought(), notes, Math.min(length.sample(notes.size(), seed), budget + 1));
        return Output.whole(thought, AFTER_THOUGHT + thinking.answer());
    }
}
