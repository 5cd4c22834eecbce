package io.rationale.simulator.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.chat.Refusal;
import java.util.Map;
import java.util.function.Function;

/** TensorRT-LLM: the thought begins with a literal tag, and what is empty is an empty string. */
final class TensorRtLlm extends Dialect {

    @Override
    public String server() {
        return "uvicorn";
    }

    @Override
    protected String ownedBy() {
        return "tensorrt_llm";
    }

    @Override
    public Spoken spoken(Completion completion) {
        String thought = completion.thought().isEmpty() ? "" : "<think>\n" + completion.thought();
        return new Spoken(thought, completion.content());
    }

    @Override
    public ObjectNode message(Spoken spoken) {
        return NODES.objectNode()
                .put("role", "assistant")
                .put("content", spoken.content())
                .put("reasoning_content", spoken.thought());
    }

    @Override
    public ObjectNode usage(Completion completion, int cachedTokens) {
        return putCachedTokens(super.usage(completion, cachedTokens), cachedTokens);
    }

    @Override
    public boolean checksModel() {
        return false;
    }

    @Override
    public ErrorReply error(Refusal refusal) {
        return OpenAiErrors.flat(OpenAiErrors.status(refusal), OpenAiErrors.message(refusal));
    }

    @Override
    public Map<String, Function<NodeView, Page>> pages() {
        return Map.of(
                "/health",
                node -> Page.empty(),
                "/version",
                node -> Page.json(NODES.objectNode().put("version", "1.1.0+" + SIMULATOR)),
                "/metrics",
                TensorRtLlm::iterations);
    }

    /** Not Prometheus text but a list of the last iterations. */
    private static Page iterations(NodeView node) {
        return Page.json(NODES.arrayNode()
                .add(NODES.objectNode()
                        .put("numActiveRequests", node.stats().busy())
                        .put("numQueuedRequests", node.stats().waiting())
                        .put("maxNumActiveRequests", node.slots())));
    }
}
