package io.rationale.simulator.profile;

import java.util.Locale;

/** Writes Prometheus text. */
final class Metrics {
    private final StringBuilder text = new StringBuilder();
    private final String labels;

    /** @param labels such as {@code model_name="r1"}; empty for none */
    Metrics(String labels) {
        this.labels = labels.isEmpty() ? "" : "{" + labels + "}";
    }

    Metrics gauge(String name, String help, double value) {
        return add(name, "gauge", help, value);
    }

    Metrics counter(String name, String help, double value) {
        return add(name, "counter", help, value);
    }

    Page page() {
        return new Page("text/plain; version=0.0.4; charset=utf-8", text.toString());
    }

    private Metrics add(String name, String type, String help, double value) {
        text.append(String.format(
                Locale.ROOT, "# HELP %1$s %2$s\n# TYPE %1$s %3$s\n%1$s%4$s %5$s\n", name, help, type, labels, value));
        return this;
    }
}
