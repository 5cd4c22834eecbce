package io.rationale.core.r1;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows reasoning models by the names that servers and registries give them.
 *
 * <p>Sampling and contexts stand on the model cards: DeepSeek-R1, its distills and R1-0528 (temperature 0.6, top_p 0.95,
 * 32,768 tokens generated; no system prompt before 0528), DeepSeek-V3.1 and V3.2, QwQ-32B, Qwen3 and its 2507 releases,
 * gpt-oss, Magistral, GLM-4.6 and 4.7, Kimi-K2-Thinking, Phi-4-reasoning, Nemotron, EXAONE Deep, MiniMax-M1 and M2,
 * Seed-OSS. Models that are not known are asked as R1 is. Notes for each prompt are our own choice by size: small
 * models mix notes up.
 */
public final class ModelProfiles {
    private static final int CONTEXT = 131_072;
    private static final int MAX_TOKENS = 32_768;
    private static final int MAX_TOKENS_OF_SMALL = 16_384;
    private static final int ROOM_FOR_PROMPT = 8_192;

    /** Billions of parameters, but not the active ones of {@code 30B-A3B}. */
    private static final Pattern SIZE = Pattern.compile("(?<![a-z\\d.])(\\d{1,4}(?:\\.\\d+)?)b(?![a-z])");

    private static final Pattern R1 = Pattern.compile("deepseek[-_. ]?r1|(?<![a-z\\d])r1(?![a-z\\d])");

    private static final List<Family> FAMILIES = List.of(
            family("deepseek[-_]reasoner", "deepseek-reasoner", 0.6, 0.95, true, CONTEXT),
            family("deepseek.*v3[._]2", "deepseek-v3.2", 1.0, 0.95, true, CONTEXT),
            family("deepseek.*v3[._]1", "deepseek-v3.1", 0.6, 0.95, true, CONTEXT),
            family("qwq", "qwq", 0.6, 0.95, true, CONTEXT),
            family("qwen[-_]?3.*thinking", "qwen3-thinking", 0.6, 0.95, true, 262_144),
            family("qwen[-_]?3(?![._]\\d)", "qwen3", 0.6, 0.95, true, 40_960),
            family("gpt[-_]oss", "gpt-oss", 1.0, 1.0, true, CONTEXT),
            family("magistral", "magistral", 0.7, 0.95, true, CONTEXT),
            family("glm[-_]?4[._][67]", "glm-4", 1.0, 0.95, true, 202_752),
            family("kimi[-_]k2[-_]thinking", "kimi-k2-thinking", 1.0, 1.0, true, 262_144),
            family("phi[-_]?4.*reasoning", "phi-4-reasoning", 0.8, 0.95, true, 32_768),
            family("nemotron", "nemotron", 0.6, 0.95, false, CONTEXT),
            family("exaone[-_]deep", "exaone-deep", 0.6, 0.95, false, 32_768),
            family("minimax[-_]m[12]", "minimax-m", 1.0, 0.95, true, CONTEXT),
            family("seed[-_]oss", "seed-oss", 1.1, 0.95, true, CONTEXT));

    private ModelProfiles() {}

    private record Family(Pattern name, String id, double temperature, double topP, boolean system, int context) {
        ModelProfile sized(double billions) {
            return profile(id, temperature, topP, system, context, billions);
        }
    }

    /**
     * The profile of a model.
     *
     * @param modelName as a server lists it: with an owner, a path, a quantisation or a tag; null counts as R1
     */
    public static ModelProfile of(String modelName) {
        String name = modelName == null ? "" : modelName.toLowerCase(Locale.ROOT);
        double billions = billions(name);
        if (name.isBlank() || R1.matcher(name).find()) {
            return r1(name, billions);
        }
        return FAMILIES.stream()
                .filter(family -> family.name().matcher(name).find())
                .findFirst()
                .map(family -> family.sized(billions))
                .orElseGet(() -> profile("other", 0.6, 0.95, false, CONTEXT, billions));
    }

    private static ModelProfile r1(String name, double billions) {
        // Ollama's plain tag is the distill of 0528 on Qwen3 8B since that came out.
        double size = name.endsWith("deepseek-r1:latest") ? 8 : billions;
        if (size > 0 && size < 100) {
            return distill(name, size);
        }
        boolean revised = name.contains("0528");
        return profile(revised ? "deepseek-r1-0528" : "deepseek-r1", 0.6, 0.95, revised, CONTEXT, size);
    }

    private static ModelProfile distill(String name, double billions) {
        boolean eight = billions == 8;
        boolean ofRevision = name.contains("0528") || eight && !name.contains("llama") && !name.contains("distill");
        if (ofRevision) {
            return profile("deepseek-r1-0528-qwen3-8b", 0.6, 0.95, true, CONTEXT, billions);
        }
        String base = eight || billions == 70 ? "llama" : "qwen";
        String size = billions % 1 == 0 ? String.valueOf((int) billions) : String.valueOf(billions);
        return profile("deepseek-r1-distill-" + base + "-" + size + "b", 0.6, 0.95, false, CONTEXT, billions);
    }

    private static ModelProfile profile(
            String id, double temperature, double topP, boolean system, int context, double billions) {
        boolean small = billions > 0 && billions < 10;
        int room = Math.min(small ? MAX_TOKENS_OF_SMALL : MAX_TOKENS, context - ROOM_FOR_PROMPT);
        return new ModelProfile(id, temperature, topP, system, context, room, notes(billions));
    }

    private static int notes(double billions) {
        if (billions <= 0 || billions >= 14) {
            return 8;
        }
        return billions < 3 ? 1 : 4;
    }

    private static double billions(String name) {
        Matcher size = SIZE.matcher(name);
        return size.find() ? Double.parseDouble(size.group(1)) : 0;
    }

    private static Family family(
            String pattern, String id, double temperature, double topP, boolean system, int context) {
        return new Family(Pattern.compile(pattern), id, temperature, topP, system, context);
    }
}
