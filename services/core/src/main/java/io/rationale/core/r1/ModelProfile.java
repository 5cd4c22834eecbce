package io.rationale.core.r1;

public record ModelProfile(
        String id,
        double temperature,
        double topP,
        boolean systemPrompt,
        int contextTokens,
        int maxTokens,
        int notesPerPrompt) {}
