package io.rationale.classifier.r1.http;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How calls are made, as configured; what is empty is taken from the model's profile.
 *
 * @param stream           whether answers are streamed
 * @param timeouts         of a call
 * @param loopGuard        whether a model that repeats itself is stopped
 * @param model            to ask for, or empty for the first that the server lists
 * @param temperature      of the sampling
 * @param topP             of the sampling
 * @param maxTokens        of thought and answer together
 * @param seed             of the sampling, or null
 * @param systemPrompt     whether the instructions are sent as one
 * @param contextTokens    of the model, above what the server says
 * @param structuredOutput whether a schema is asked for where a probe shows that it works
 */
public record CallSettings(
        boolean stream,
        Timeouts timeouts,
        boolean loopGuard,
        Optional<String> model,
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt maxTokens,
        Long seed,
        Optional<Boolean> systemPrompt,
        OptionalInt contextTokens,
        boolean structuredOutput) {}
