package io.rationale.simulator.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.chat.Refusal;
import io.rationale.simulator.chat.Refusal.PromptTooLong;
import java.util.Map;
import java.util.function.Function;

/** vLLM 0.16 with a reasoning parser, which sends the thought under its new and its old name. */
class Vllm extends Dialect {

    @Override
    public String server() {
        return "uvicorn";
    }

    @Override
    protected String ownedBy() {
        return "vllm";
    }

    @Override
    protected void putThought(ObjectNode node, String thought) {
        node.put("reasoning", thought).put("reasoning_content", thought);
    }

    @Override
    public boolean mayJoinFields() {
        return true;
    }

    @Override
    public ObjectNode usage(Completion completion, int cachedTokens) {
        return putCachedTokens(putReasoningTokens(super.usage(completion, cachedTokens), completion), cachedTokens);
    }

    @Override
    protected void putModel(ObjectNode model, NodeView node) {
        model.put("root", node.model()).putNull("parent").put("max_model_len", node.context());
    }

    @Override
    public ErrorReply error(Refusal refusal) {
        if (refusal instanceof Refusal.Unauthorized) {
            // The middleware that looks at the key knows nothing of the shape of other errors.
            return new ErrorReply(401, NODES.objectNode().put("error", "Unauthorized"));
        }
        int status = OpenAiErrors.status(refusal);
        String message = refusal instanceof PromptTooLong tooLong ? tooLong(tooLong) : OpenAiErrors.message(refusal);
        return new ErrorReply(status, OpenAiErrors.nested(message, OpenAiErrors.type(status), param(refusal), status));
    }

    protected String param(Refusal refusal) {
        return switch (refusal) {
            case PromptTooLong tooLong -> "input_tokens";
            case Refusal.UnknownModel unknown -> "model";
            default -> null;
        };
    }

    protected String tooLong(PromptTooLong refusal) {
        return "You passed " + refusal.promptTokens() + " input tokens and requested " + refusal.outputTokens()
                + " output tokens. However, the model's context length is only " + refusal.contextTokens()
                + " tokens, resulting in a maximum input length of "
                + Math.max(0, refusal.contextTokens() - refusal.outputTokens())
                + " tokens. Please reduce the length of the input prompt. (parameter=input_tokens, value="
                + refusal.promptTokens() + ")";
    }

    @Override
    public Map<String, Function<NodeView, Page>> pages() {
        return Map.of(
                "/health",
                node -> Page.empty(),
                "/version",
                node -> Page.json(NODES.objectNode().put("version", version() + "+" + SIMULATOR)),
                "/metrics",
                Vllm::metrics);
    }

    protected String version() {
        return "0.16.0";
    }

    private static Page metrics(NodeView node) {
        return new Metrics("engine=\"0\",model_name=\"" + node.model() + "\"")
                .gauge(
                        "vllm:num_requests_running",
                        "Number of requests in model execution batches.",
                        node.stats().busy())
                .gauge(
                        "vllm:num_requests_waiting",
                        "Number of requests waiting to be processed.",
                        node.stats().waiting())
                .gauge(
                        "vllm:kv_cache_usage_perc",
                        "KV-cache usage. 1 means 100 percent usage.",
                        (double) node.stats().busy() / node.slots())
                .counter(
                        "vllm:prompt_tokens_total",
                        "Number of prefill tokens processed.",
                        node.stats().promptTokens())
                .counter(
                        "vllm:generation_tokens_total",
                        "Number of generation tokens processed.",
                        node.stats().reasoningTokens() + node.stats().answerTokens())
                .page();
    }

    /** vLLM 0.11: only the old name, no details of the tokens, OpenAI's words for a prompt that is too long. */
    static final class Old extends Vllm {

        @Override
        protected void putThought(ObjectNode node, String thought) {
            node.put("reasoning_content", thought);
        }

        @Override
        public ObjectNode usage(Completion completion, int cachedTokens) {
            ObjectNode usage = NODES.objectNode()
                    .put("prompt_tokens", completion.promptTokens())
                    .put("total_tokens", completion.promptTokens() + completion.completionTokens())
                    .put("completion_tokens", completion.completionTokens());
            return usage.putNull("prompt_tokens_details");
        }

        @Override
        protected String tooLong(PromptTooLong refusal) {
            return OpenAiErrors.requested(refusal);
        }

        @Override
        protected String param(Refusal refusal) {
            return null;
        }

        @Override
        protected String version() {
            return "0.11.0";
        }
    }

    /** Without a parser: thought and answer in the content, without the opening tag that the template has written. */
    static final class Raw extends Vllm {

        @Override
        public Spoken spoken(Completion completion) {
            String end = completion.ended() ? "</think>" + completion.content() : "";
            return new Spoken("", completion.thought() + end);
        }

        @Override
        public ObjectNode message(Spoken spoken) {
            return NODES.objectNode().put("role", "assistant").put("content", spoken.content());
        }

        @Override
        public ObjectNode usage(Completion completion, int cachedTokens) {
            ObjectNode usage = super.usage(completion, cachedTokens);
            usage.remove("completion_tokens_details");
            return usage;
        }
    }
}
