package io.rationale.core.discovery;

import io.rationale.core.audit.Exchange;
import io.rationale.core.note.Note;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.r1.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes the calls of a discovery, each on a virtual thread of its own, and passes the answers on. To cancel, interrupt
 * the thread that runs it: calls in progress are given up. Thread safe; every run is its own.
 */
public final class DiscoveryRunner {
    private final ReasoningModel model;
    private final CallSlots slots;
    private final Supplier<String> exchangeIds;

    /** Hears of every answer, in the order in which they come, on the thread that runs the discovery. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param exchanges of one step: the answer's, and before it those that failed and still brought words
         * @throws InterruptedException when what hears is stopped; the run ends with it
         */
        void answered(List<Exchange> exchanges, DiscoveryProgress progress) throws InterruptedException;
    }

    private record Answer(Step step, String exchangeId, ModelReply reply, Throwable fault) {}

    /**
     * @param model       with retries, limits and whatever else stands before R1
     * @param slots       asked before each call
     * @param exchangeIds a new one each time
     */
    public DiscoveryRunner(ReasoningModel model, CallSlots slots, Supplier<String> exchangeIds) {
        this.model = model;
        this.slots = slots;
        this.exchangeIds = exchangeIds;
    }

    /**
     * Runs to the end.
     *
     * @throws InterruptedException when cancelled
     */
    public void run(Discovery discovery, Listener listener) throws InterruptedException {
        BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
        try {
            while (!discovery.hasEnded()) {
                discovery.steps().forEach(step -> calls.execute(() -> ask(step, answers)));
                Answer answer = answers.take();
                if (answer.fault() != null) {
                    throw new IllegalStateException("a call failed by a fault of ours", answer.fault());
                }
                take(answer, discovery, listener);
            }
        } finally {
            calls.shutdownNow();
            awaitEnd(calls);
        }
    }

    private void take(Answer answer, Discovery discovery, Listener listener) throws InterruptedException {
        ModelReply reply = answer.reply();
        List<String> noteIds = answer.step().notes().stream().map(Note::id).toList();
        List<Exchange> exchanges = new ArrayList<>();
        Usage spent = reply.usage();
        for (ModelReply failed : reply.earlier()) {
            exchanges.add(Exchange.of(exchangeIds.get(), noteIds, failed));
            spent = spent.plus(failed.usage());
        }
        exchanges.add(Exchange.of(answer.exchangeId(), noteIds, reply));
        discovery.answered(answer.step(), answer.exchangeId(), reply.outcome(), spent);
        listener.answered(List.copyOf(exchanges), discovery.progress());
    }

    private void ask(Step step, BlockingQueue<Answer> answers) {
        String exchangeId = exchangeIds.get();
        try {
            slots.acquire();
            try {
                ModelReply reply = model.call(new ModelRequest(
                        exchangeId,
                        step.prompt(),
                        step.schema(),
                        Math.max(1, step.notes().size()),
                        null));
                answers.add(new Answer(step, exchangeId, reply, null));
            } finally {
                slots.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            answers.add(new Answer(step, exchangeId, null, e));
        }
    }

    /** What was interrupted ends at once; slots must not be used by a run that is over. */
    private static void awaitEnd(ExecutorService calls) throws InterruptedException {
        calls.awaitTermination(10, TimeUnit.SECONDS);
    }
}
