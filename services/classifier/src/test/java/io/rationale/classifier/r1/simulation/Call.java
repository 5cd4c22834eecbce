package io.rationale.classifier.r1.simulation;

import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.Prompt;
import java.util.Random;

/** A batch of notes on its way to a verdict. */
final class Call {
    /** One and a half characters are taken for a token. */
    private static final String TEXT = "字".repeat(6144);

    private static final double SPREAD = 0.98;

    private final ModelRequest request;
    private final double promptTokens;
    private final double tokens;
    private int failures;
    private int answers;

    private Call(ModelRequest request, double promptTokens, double tokens) {
        this.request = request;
        this.promptTokens = promptTokens;
        this.tokens = tokens;
    }

    /** Thought is lognormal; its median grows with the root of the notes. Nine prefixes of ten are cached. */
    static Call random(Random random, int mostNotes, double medianTokens) {
        int notes = 1 + random.nextInt(mostNotes);
        int prompt = 800 + 150 * notes;
        double cached = random.nextInt(10) == 0 ? 0 : 800;
        double tokens = medianTokens * Math.sqrt(notes) * StrictMath.exp(SPREAD * random.nextGaussian());
        ModelRequest request = new ModelRequest("id", new Prompt("", TEXT.substring(0, prompt * 3 / 2)), notes);
        return new Call(request, prompt - cached, Math.clamp(tokens, 20, 32_768));
    }

    ModelRequest request() {
        return request;
    }

    /** Tokens that the server has to read. */
    double promptTokens() {
        return promptTokens;
    }

    /** Tokens that the model thinks and answers. */
    double tokens() {
        return tokens;
    }

    int failed() {
        return ++failures;
    }

    int failures() {
        return failures;
    }

    int answered() {
        return ++answers;
    }
}
