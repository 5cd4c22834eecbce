package io.rationale.core.r1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelProfilesTest {
    @ParameterizedTest
    @CsvSource({
        "deepseek-ai/DeepSeek-R1, deepseek-r1",
        "deepseek-r1, deepseek-r1",
        "deepseek-r1:671b, deepseek-r1",
        "/models/DeepSeek-R1-UD-Q2_K_XL-00001-of-00005.gguf, deepseek-r1",
        "r1, deepseek-r1",
        "perplexity-ai/r1-1776, deepseek-r1",
        "deepseek-ai/DeepSeek-R1-0528, deepseek-r1-0528",
        "deepseek/deepseek-r1-0528:free, deepseek-r1-0528",
        "deepseek-r1:671b-0528-q4_K_M, deepseek-r1-0528",
        "deepseek-r1:8b, deepseek-r1-0528-qwen3-8b",
        "deepseek-r1:latest, deepseek-r1-0528-qwen3-8b",
        "deepseek-ai/DeepSeek-R1-0528-Qwen3-8B, deepseek-r1-0528-qwen3-8b",
        "deepseek-r1:8b-llama-distill-q4_K_M, deepseek-r1-distill-llama-8b",
        "DeepSeek-R1-Distill-Llama-8B-Q4_K_M.gguf, deepseek-r1-distill-llama-8b",
        "deepseek-r1:1.5b, deepseek-r1-distill-qwen-1.5b",
        "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B, deepseek-r1-distill-qwen-1.5b",
        "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B, deepseek-r1-distill-qwen-7b",
        "deepseek-r1:7b, deepseek-r1-distill-qwen-7b",
        "deepseek-r1:14b, deepseek-r1-distill-qwen-14b",
        "neuralmagic/DeepSeek-R1-Distill-Qwen-32B-quantized.w4a16, deepseek-r1-distill-qwen-32b",
        "deepseek-r1:70b, deepseek-r1-distill-llama-70b",
        "deepseek/deepseek-r1-distill-llama-70b:free, deepseek-r1-distill-llama-70b",
        "deepseek-reasoner, deepseek-reasoner",
        "deepseek-ai/DeepSeek-V3.1-Terminus, deepseek-v3.1",
        "deepseek-ai/DeepSeek-V3.2, deepseek-v3.2",
        "Qwen/QwQ-32B-AWQ, qwq",
        "Qwen/Qwen3-30B-A3B-Thinking-2507-FP8, qwen3-thinking",
        "qwen3:4b, qwen3",
        "openai/gpt-oss-120b, gpt-oss",
        "mistralai/Magistral-Small-2509, magistral",
        "zai-org/GLM-4.6, glm-4",
        "moonshotai/Kimi-K2-Thinking, kimi-k2-thinking",
        "microsoft/Phi-4-reasoning-plus, phi-4-reasoning",
        "nvidia/Llama-3_3-Nemotron-Super-49B-v1_5, nemotron",
        "LGAI-EXAONE/EXAONE-Deep-32B, exaone-deep",
        "somebody/some-model, other"
    })
    void shouldKnowAModelByAnyOfItsNames(String name, String id) {
        assertThat(ModelProfiles.of(name).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "deepseek-r1", "somebody/some-model"})
    void shouldAskAsR1WantsToBeAsked(String name) {
        // when
        ModelProfile profile = ModelProfiles.of(name);

        // then
        assertThat(profile.sampling(null)).isEqualTo(Sampling.R1);
        assertThat(profile.systemPrompt()).isFalse();
        assertThat(profile.contextTokens()).isEqualTo(131_072);
        assertThat(profile.notesPerPrompt()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({
        "DeepSeek-R1-Distill-Qwen-1.5B, false, 16384, 1",
        "DeepSeek-R1-Distill-Qwen-7B, false, 16384, 4",
        "DeepSeek-R1-Distill-Llama-8B, false, 16384, 4",
        "deepseek-r1:8b, true, 16384, 4",
        "DeepSeek-R1-Distill-Qwen-14B, false, 32768, 8",
        "DeepSeek-R1-Distill-Llama-70B, false, 32768, 8",
        "deepseek-r1-0528, true, 32768, 8",
        "qwen3-30b-a3b, true, 32768, 8",
        "qwen3:0.6b, true, 16384, 1",
        "phi-4-reasoning, true, 24576, 8"
    })
    void shouldAskSmallModelsForLess(String name, boolean systemPrompt, int maxTokens, int notes) {
        // when
        ModelProfile profile = ModelProfiles.of(name);

        // then
        assertThat(profile.systemPrompt()).isEqualTo(systemPrompt);
        assertThat(profile.maxTokens()).isEqualTo(maxTokens);
        assertThat(profile.notesPerPrompt()).isEqualTo(notes);
    }

    @Test
    void shouldSampleAsTheMakersRecommend() {
        assertThat(ModelProfiles.of("gpt-oss-20b").temperature()).isEqualTo(1.0);
        assertThat(ModelProfiles.of("gpt-oss-20b").topP()).isEqualTo(1.0);
        assertThat(ModelProfiles.of("Magistral-Small").temperature()).isEqualTo(0.7);
        assertThat(ModelProfiles.of("DeepSeek-V3.2").sampling(5L)).isEqualTo(new Sampling(1.0, 0.95, 32_768, 5L));
    }

    @Test
    void shouldRefuseAProfileWithoutRoomForAPrompt() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelProfile("x", 0.6, 0.95, true, 10, 10, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelProfile("x", 0.6, 0.95, true, 10, 5, 0));
    }
}
