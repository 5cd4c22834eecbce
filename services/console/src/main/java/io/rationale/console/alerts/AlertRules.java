package io.rationale.console.alerts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules of the configuration. */
public final class AlertRules {
    /** Switches a rule off, one that has a default for instance. */
    static final String OFF = "off";

    private AlertRules() {}

    /**
     * The rules by name, in the order of their names.
     *
     * @param sentences by the rule's name
     * @throws IllegalArgumentException with what a rule can say, where one is not understood
     */
    public static List<AlertRule> of(Map<String, String> sentences) {
        return new TreeMap<>(sentences)
                .entrySet().stream()
                        .filter(each -> !each.getValue().strip().equalsIgnoreCase(OFF))
                        .map(each -> RuleParser.parse(each.getKey(), each.getValue()))
                        .toList();
    }
}
