package io.rationale.simulator.reasoner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** Writes the answer: one JSON object with a verdict for each note, in their order. */
final class AnswerJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AnswerJson() {}

    static String write(List<Judgement> judgements) {
        try {
            Answer answer =
                    new Answer(judgements.stream().map(AnswerJson::verdict).toList());
            return SafeText.inJson(JSON.writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Verdict verdict(Judgement judgement) {
        return new Verdict(
                judgement.note().id(),
                judgement.best().id(),
                judgement.secondary().map(Candidate::id).orElse(null),
                judgement.evidence(),
                Narrator.rationale(judgement),
                judgement.confidence().word());
    }

    private record Answer(List<Verdict> verdicts) {}

    private record Verdict(
            String id, String category, String secondary, List<String> evidence, String rationale, String confidence) {}
}
