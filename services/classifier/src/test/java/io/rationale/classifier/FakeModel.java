package io.rationale.classifier;

import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import java.util.ArrayList;
import java.util.List;

/** Answers as a test says and keeps what it was asked. */
public final class FakeModel implements ReasoningModel {
    private final Answers answers;
    private final List<List<String>> asked = new ArrayList<>();

    /** What to answer to notes of these texts. */
    @FunctionalInterface
    public interface Answers {
        ModelOutcome to(List<String> texts) throws InterruptedException;
    }

    public FakeModel(Answers answers) {
        this.answers = answers;
    }

    /** Answers about every note. */
    public static FakeModel answeringAll() {
        return new FakeModel(texts -> Fixtures.answerAbout(texts, text -> true));
    }

    @Override
    public ModelReply call(ModelRequest request) throws InterruptedException {
        List<String> texts = Fixtures.textsIn(request.prompt().text());
        synchronized (asked) {
            asked.add(texts);
        }
        return Fixtures.reply(answers.to(texts));
    }

    /** The texts of each call so far. */
    public List<List<String>> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    /** The texts of all calls so far. */
    public List<String> askedNotes() {
        return asked().stream().flatMap(List::stream).toList();
    }
}
