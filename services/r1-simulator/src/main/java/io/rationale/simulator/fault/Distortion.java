package io.rationale.simulator.fault;

import io.rationale.simulator.prompt.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Gives an output the faults that are the model's own: of the thought, of the answer, of where it ends. */
public final class Distortion {
    private static final List<String> LOOPS = List.of(
            "Wait, let me check that once more. ",
            "Hmm, but perhaps the other category fits better. ",
            "So the answer is clear, but let me go over it again. ");

    private final Set<Fault> faults;
    private final Optional<Task> task;
    private final int longestChars;
    private final SplittableRandom random;

    /**
     * @param task         what the prompt asks for
     * @param longestChars so long a thought uses up all tokens
     * @param seed         of the request
     */
    public Distortion(Set<Fault> faults, Optional<Task> task, int longestChars, long seed) {
        this.faults = faults;
        this.task = task;
        this.longestChars = longestChars;
        random = new SplittableRandom(seed);
    }

    /** The output as it is with the faults. */
    public Output of(Output output) {
        return ended(answered(thought(output)));
    }

    private Output thought(Output output) {
        if (faults.contains(Fault.EMPTY_THOUGHT)) {
            return output.withThought("");
        }
        return faults.contains(Fault.MIXED_LANGUAGE)
                ? output.withThought(MixedLanguage.of(output.thought(), random))
                : output;
    }

    private Output answered(Output output) {
        boolean spoilt = faults.stream().anyMatch(fault -> fault.kind() == Fault.Kind.ANSWER);
        return spoilt && task.isPresent() ? new AnswerFaults(faults, task.get(), random).of(output) : output;
    }

    private Output ended(Output output) {
        String thought = output.thought();
        if (faults.contains(Fault.LOOP)) {
            return Output.thinking(looping(part(thought)), "length");
        }
        if (faults.contains(Fault.TRUNCATED_IN_THOUGHT)) {
            return Output.thinking(part(thought), "length");
        }
        if (faults.contains(Fault.STOPPED_IN_THOUGHT)) {
            return Output.thinking(part(thought), "stop");
        }
        if (faults.contains(Fault.ABORTED)) {
            return Output.thinking(part(thought), "abort");
        }
        return faults.contains(Fault.TRUNCATED_IN_ANSWER)
                ? new Output(thought, true, part(output.answer()), "length")
                : output;
    }

    private String looping(String beginning) {
        String sentence = LOOPS.get(random.nextInt(LOOPS.size()));
        int times = Math.max(1, (longestChars - beginning.length()) / sentence.length() + 1);
        return beginning + "\n" + sentence.repeat(times);
    }

    /** Between a fifth and four fifths of it, to the end of a character. */
    private String part(String text) {
        int codePoints = text.codePointCount(0, text.length());
        int kept = (int) (codePoints * random.nextDouble(0.2, 0.8));
        return text.substring(0, text.offsetByCodePoints(0, kept));
    }
}
