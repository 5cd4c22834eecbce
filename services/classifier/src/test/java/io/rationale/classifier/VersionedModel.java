package io.rationale.classifier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers with the one label that tells a taxonomy version from all others, as it stands in the prompt, and keeps under
 * which version each call was made. Notes that begin with "doubt" are answered with low confidence; an answer about
 * several notes leaves out those that begin with "again".
 */
public final class VersionedModel implements ReasoningModel {
    private static final Pattern LABEL = Pattern.compile("\"id\":\"label-of-v(\\d+)\"");

    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final Pace pace;

    /** What happens before an answer. */
    @FunctionalInterface
    public interface Pace {
        void before(int version, List<String> texts) throws InterruptedException;
    }

    public VersionedModel(Pace pace) {
        this.pace = pace;
    }

    /** A version that has a label of its own. */
    public static Taxonomy taxonomy(int version) {
        return new Taxonomy(
                "versioned",
                version,
                null,
                null,
                List.of(
                        new Category(label(version), null, null, "Everything.", null, null, null, null),
                        new Category("no-error", null, null, "Nothing.", null, null, null, null),
                        new Category("other", null, null, "The rest.", null, null, null, null)),
                Map.of());
    }

    public static TaxonomyRef ref(int version) {
        return new TaxonomyRef("versioned", version);
    }

    public static String label(int version) {
        return "label-of-v" + version;
    }

    /** Under which version the call was made. */
    public TaxonomyRef versionOf(String exchangeId) {
        return ref(versions.get(exchangeId));
    }

    @Override
    public ModelReply call(ModelRequest request) throws InterruptedException {
        String prompt = request.prompt().text();
        Matcher label = LABEL.matcher(prompt);
        if (!label.find()) {
            throw new IllegalStateException("no known version in the prompt");
        }
        int version = Integer.parseInt(label.group(1));
        versions.put(request.exchangeId(), version);
        List<String> texts = Fixtures.textsIn(prompt);
        pace.before(version, texts);
        return Fixtures.reply(answer(version, texts));
    }

    private static ModelOutcome answer(int version, List<String> texts) {
        StringBuilder thought = new StringBuilder();
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode verdicts = answer.putArray("verdicts");
        for (int i = 0; i < texts.size(); i++) {
            if (texts.size() > 1 && texts.get(i).startsWith("again")) {
                continue;
            }
            thought.append("Note n" + (i + 1) + ": it is " + label(version) + ".\n");
            ObjectNode verdict = verdicts.addObject().put("id", "n" + (i + 1));
            verdict.put("category", label(version)).putArray("evidence").add(texts.get(i));
            verdict.put("rationale", "Because.").put("confidence", texts.get(i).startsWith("doubt") ? "low" : "high");
        }
        return new ModelOutcome.Complete(thought.toString(), Json.line(answer));
    }
}
