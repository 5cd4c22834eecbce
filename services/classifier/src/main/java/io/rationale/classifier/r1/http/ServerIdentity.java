package io.rationale.classifier.r1.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.classifier.r1.server.ServerProfile;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Finds out which server answers, by what it says of itself: the owner of its models, its {@code Server} header, its
 * host, and the routes that only it has.
 */
final class ServerIdentity {
    private static final Map<String, ServerProfile> OWNERS = Map.of(
            "vllm", ServerProfile.VLLM,
            "sglang", ServerProfile.SGLANG,
            "llamacpp", ServerProfile.LLAMA_SERVER,
            "library", ServerProfile.OLLAMA,
            "lmdeploy", ServerProfile.LMDEPLOY,
            "tensorrt_llm", ServerProfile.TENSORRT_LLM,
            "deepseek", ServerProfile.DEEPSEEK_API);

    /** Routes that answer with JSON, beside the base URL, where the owner is not known; the first that answers says it. */
    private static final List<Route> ROUTES = List.of(
            new Route("api/version", ServerProfile.OLLAMA, "version"),
            new Route("props", ServerProfile.LLAMA_SERVER, "default_generation_settings"),
            new Route("get_model_info", ServerProfile.SGLANG, "model_path"),
            new Route("info", ServerProfile.TGI, "model_id"),
            new Route("version", ServerProfile.VLLM, "version"));

    private record Route(String path, ServerProfile profile, String field) {}

    private final R1Server server;

    ServerIdentity(R1Server server) {
        this.server = server;
    }

    /** Which server it is; {@link ServerProfile#OPENAI} where nothing says more. */
    ServerProfile profile(HttpAnswer models, JsonNode listed) throws InterruptedException {
        if (server.host().equals("api.deepseek.com")) {
            return ServerProfile.DEEPSEEK_API;
        }
        if (server.host().endsWith("openrouter.ai")) {
            return ServerProfile.OPENROUTER;
        }
        String header = models.server() == null ? "" : models.server().toLowerCase(Locale.ROOT);
        if (header.contains("llama.cpp")) {
            return ServerProfile.LLAMA_SERVER;
        }
        ServerProfile owner = OWNERS.get(listed.path("owned_by").asText("").toLowerCase(Locale.ROOT));
        return owner != null ? owner : byRoute();
    }

    private ServerProfile byRoute() throws InterruptedException {
        for (Route route : ROUTES) {
            if (json(route.path()).hasNonNull(route.field())) {
                return route.profile();
            }
        }
        return ServerProfile.OPENAI;
    }

    /** As the server calls it. */
    Optional<String> version(ServerProfile profile) throws InterruptedException {
        return switch (profile) {
            case VLLM, TENSORRT_LLM, LMDEPLOY -> text(json("version").path("version"));
            case SGLANG -> text(json("get_server_info").path("version"));
            case OLLAMA -> text(json("api/version").path("version"));
            case LLAMA_SERVER -> text(json("props").path("build_info"));
            case TGI -> text(json("info").path("version"));
            case DEEPSEEK_API, OPENROUTER, OPENAI -> Optional.empty();
        };
    }

    /** Tokens of one request's context. */
    OptionalInt contextTokens(ServerProfile profile, JsonNode listed, String model) throws InterruptedException {
        JsonNode own =
                switch (profile) {
                    // Of one slot: the context is divided among them.
                    case LLAMA_SERVER -> json("props").at("/default_generation_settings/n_ctx");
                    case SGLANG -> json("get_server_info").path("context_length");
                    case TGI -> json("info").path("max_total_tokens");
                    // What it was loaded with: the prompt is cut to that without a word.
                    case OLLAMA -> loaded(json("api/ps"), model).path("context_length");
                    default -> Json.mapper().missingNode();
                };
        return Stream.of(own, listed.path("max_model_len"), listed.path("context_length"))
                .filter(node -> node.canConvertToInt() && node.intValue() > 0)
                .mapToInt(JsonNode::intValue)
                .findFirst();
    }

    private static JsonNode loaded(JsonNode running, String model) {
        for (JsonNode each : running.path("models")) {
            if (each.path("model").asText().equals(model)
                    || each.path("name").asText().equals(model)) {
                return each;
            }
        }
        return Json.mapper().missingNode();
    }

    /** What a route answers; a missing node where it does not exist or says nothing in JSON. */
    private JsonNode json(String path) throws InterruptedException {
        HttpAnswer answer = server.getBesideBase(path);
        return answer.status() == 200 ? parse(answer) : Json.mapper().missingNode();
    }

    static JsonNode parse(HttpAnswer answer) {
        try {
            return Json.mapper().readTree(answer.body().toArray());
        } catch (IOException e) {
            return Json.mapper().missingNode();
        }
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.ofNullable(node.asText(null)).filter(text -> !text.isBlank());
    }
}
