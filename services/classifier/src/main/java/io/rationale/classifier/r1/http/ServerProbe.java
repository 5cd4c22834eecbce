package io.rationale.classifier.r1.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.classifier.r1.server.RequestForm;
import io.rationale.classifier.r1.server.ServerFacts;
import io.rationale.classifier.r1.server.ServerProfile;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelProfile;
import io.rationale.core.r1.ModelProfiles;
import io.rationale.core.r1.Prompt;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds out what stands behind an endpoint and whether it really answers: asks for its models, its version, and for a
 * very short completion. A server that hangs still lists its models, so only words count.
 */
final class ServerProbe {
    private static final Prompt PROMPT = new Prompt("", "Answer with the JSON object {\"ok\":true} and nothing else.");
    private static final int MOST_TOKENS = 512;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    /** A gateway may serve completions and no list of models. */
    private static final Set<Integer> NO_SUCH_ROUTE = Set.of(404, 405, 501);
    /** What a server answers that does not take one of our fields. */
    private static final Set<Integer> UNKNOWN_FIELD = Set.of(400, 422);

    private final R1Server server;
    private final CallSettings settings;
    private final Optional<ServerProfile> configuredProfile;
    private final Optional<ModelProfile> configuredModelProfile;
    private final ServerIdentity identity;

    /** What came of a probe: facts, or why there are none. */
    sealed interface Result {
        record Found(ServerFacts facts) implements Result {}

        record Failed(ModelOutcome outcome) implements Result {}
    }

    ServerProbe(
            R1Server server,
            CallSettings settings,
            Optional<ServerProfile> configuredProfile,
            Optional<ModelProfile> configuredModelProfile) {
        this.server = server;
        this.settings = settings;
        this.configuredProfile = configuredProfile;
        this.configuredModelProfile = configuredModelProfile;
        this.identity = new ServerIdentity(server);
    }

    Result probe() throws InterruptedException {
        HttpAnswer models = server.get("models");
        if (models.status() != 200 && !(settings.model().isPresent() && NO_SUCH_ROUTE.contains(models.status()))) {
            return new Result.Failed(CompletionCall.failure(models));
        }
        JsonNode listed = listed(models);
        Optional<String> model =
                settings.model().or(() -> Optional.ofNullable(listed.path("id").asText(null)));
        if (model.isEmpty()) {
            return new Result.Failed(new ModelOutcome.Refused(404, "the server lists no model; name one"));
        }
        ServerProfile profile =
                configuredProfile.isPresent() ? configuredProfile.get() : identity.profile(models, listed);
        ServerFacts facts = new ServerFacts(
                profile,
                identity.version(profile).orElse(null),
                model.get(),
                configuredModelProfile.orElseGet(() -> ModelProfiles.of(model.get())),
                OptionalInt.empty(),
                "none",
                RequestForm.FULL,
                false);
        Result answered = generate(facts);
        return answered instanceof Result.Found found ? completed(found.facts(), listed) : answered;
    }

    /** The listed model that is configured, else the first. */
    private JsonNode listed(HttpAnswer models) {
        JsonNode data = ServerIdentity.parse(models).path("data");
        for (JsonNode each : data) {
            if (settings.model().filter(each.path("id").asText()::equals).isPresent()) {
                return each;
            }
        }
        return settings.model().isPresent() ? Json.mapper().missingNode() : data.path(0);
    }

    /** Asks with all that we like to send; where that is refused, without what not every server takes. */
    private Result generate(ServerFacts facts) throws InterruptedException {
        ServerFacts asked = facts;
        CompletionCall.Done done = complete(asked, null);
        for (RequestForm form : RequestForm.values()) {
            if (form != asked.form() && isRefusedField(done.outcome())) {
                asked = asked.withForm(form);
                done = complete(asked, null);
            }
        }
        return found(asked, done);
    }

    private static boolean isRefusedField(ModelOutcome outcome) {
        return outcome instanceof ModelOutcome.Refused refused && UNKNOWN_FIELD.contains(refused.status());
    }

    private static Result found(ServerFacts facts, CompletionCall.Done done) {
        return isAnswer(done.outcome())
                ? new Result.Found(facts.withReasoningIn(reasoningIn(done)))
                : new Result.Failed(done.outcome());
    }

    private Result completed(ServerFacts facts, JsonNode listed) throws InterruptedException {
        ServerFacts known = facts.withContextTokens(identity.contextTokens(facts.profile(), listed, facts.model()));
        boolean structured = settings.structuredOutput() && holdsToASchema(known.withStructuredOutput(true));
        return new Result.Found(known.withStructuredOutput(structured));
    }

    /** Whether reasoning and valid content both come back: on some servers a schema does away with one of them. */
    private boolean holdsToASchema(ServerFacts facts) throws InterruptedException {
        CompletionCall.Done done = complete(facts, schema());
        return done.outcome() instanceof ModelOutcome.Complete complete
                && !complete.reasoning().isBlank()
                && isOk(complete.content());
    }

    private CompletionCall.Done complete(ServerFacts facts, JsonNode schema) throws InterruptedException {
        Timeouts configured = settings.timeouts();
        Timeouts timeouts = new Timeouts(
                shorter(configured.firstPayload()), shorter(configured.idle()), shorter(configured.total()));
        ChatRequest request = ChatRequest.of(facts, settings, PROMPT, schema, MOST_TOKENS, new Instructions());
        return new CompletionCall(server, settings.stream(), timeouts, settings.loopGuard())
                .run(request.body(), () -> {});
    }

    private static Duration shorter(Duration configured) {
        return configured.compareTo(LONGEST_WAIT) < 0 ? configured : LONGEST_WAIT;
    }

    /** Whether the server generated words; few tokens are allowed, so a cut answer is one, too. */
    private static boolean isAnswer(ModelOutcome outcome) {
        boolean words = !outcome.reasoning().isBlank() || !outcome.content().isBlank();
        return words && !outcome.unavailable() && !outcome.retriable();
    }

    /** The field that carried the thought, looked up in the raw response. */
    private static String reasoningIn(CompletionCall.Done done) {
        if (done.outcome().reasoning().isBlank()) {
            return "none";
        }
        String raw = done.answer().body().lenientUtf8();
        for (String field : new String[] {"reasoning_content", "reasoning", "thinking"}) {
            if (raw.matches("(?s).*\"" + field + "\"\\s*:\\s*\"[^\"].*")) {
                return field;
            }
        }
        return "content";
    }

    private static ObjectNode schema() {
        ObjectNode schema =
                Json.mapper().createObjectNode().put("type", "object").put("additionalProperties", false);
        schema.putObject("properties").putObject("ok").put("type", "boolean");
        schema.putArray("required").add("ok");
        return schema;
    }

    private static boolean isOk(String content) {
        try {
            return Json.mapper().readTree(content.strip()).path("ok").isBoolean();
        } catch (IOException e) {
            return false;
        }
    }
}
