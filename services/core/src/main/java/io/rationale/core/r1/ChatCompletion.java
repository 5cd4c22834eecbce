package io.rationale.core.r1;

import io.rationale.core.json.Bytes;
import io.rationale.core.r1.Outcomes.Ending;
import io.rationale.core.r1.ThinkTags.Parts;

/**
 * An OpenAI-compatible chat completion as R1 servers really send it: reasoning in one of several fields or before a
 * {@code </think>} in the content, null and empty and absent being one case.
 *
 * @param outcome how it ended
 * @param model   as the server names it, or null
 * @param usage   as the server counted
 */
public record ChatCompletion(ModelOutcome outcome, String model, Usage usage) {
    /** Reads the whole body of a response with HTTP status 200, be it one object or, though not asked for, a stream. */
    public static ChatCompletion parse(Bytes body) {
        if (body.lenientUtf8().isBlank()) {
            return malformed("the body is empty");
        }
        CompletionStream stream = new CompletionStream(LoopGuard.off());
        stream.feed(body.toArray(), 0, body.size());
        return stream.end();
    }

    /** What a transcript that nobody broke off amounts to. */
    static ChatCompletion of(Transcript transcript) {
        Ending ending = transcript.ending();
        Parts parts = transcript.parts(ending != Ending.STOPPED);
        if (transcript.error() != null) {
            return of(transcript, ServerErrors.inCompletion(transcript.error(), parts), parts);
        }
        return transcript.chosen()
                ? of(transcript, Outcomes.of(ending, parts), parts)
                : malformed("there is no completion in the body");
    }

    /** What a transcript amounts to, whose outcome is known. */
    static ChatCompletion of(Transcript transcript, ModelOutcome outcome, Parts parts) {
        return new ChatCompletion(outcome, transcript.model(), transcript.usage(parts));
    }

    static ChatCompletion malformed(String message) {
        return new ChatCompletion(new ModelOutcome.Malformed(message), null, Usage.NONE);
    }
}
