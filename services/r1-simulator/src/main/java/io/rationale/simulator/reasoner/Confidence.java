package io.rationale.simulator.reasoner;

import java.util.Locale;

/** How sure the reasoner is: by the weight of what it found and by the distance to the second-best category. */
enum Confidence {
    HIGH(4, 0.5),
    MEDIUM(1.5, 0.25),
    LOW(0, 0);

    private final double score;
    private final double margin;

    Confidence(double score, double margin) {
        this.score = score;
        this.margin = margin;
    }

    static Confidence of(double best, double second) {
        double margin = best > 0 ? (best - second) / best : 0;
        for (Confidence confidence : values()) {
            if (best >= confidence.score && margin >= confidence.margin) {
                return confidence;
            }
        }
        return LOW;
    }

    /** As the answer writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
