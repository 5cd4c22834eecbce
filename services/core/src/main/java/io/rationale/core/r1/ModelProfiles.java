package io.rationale.core.r1;

public final class ModelProfiles {
    private ModelProfiles() {}

    public static ModelProfile of(String name) {
        return new ModelProfile("deepseek-r1", 0.6, 0.95, false, 131072, 32768, 8);
    }
}
