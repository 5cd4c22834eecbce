package io.rationale.console.alerts;

import io.rationale.core.alert.Alert;
import io.rationale.core.alert.Suggestion;

/**
 * What a rule comes to now.
 *
 * @param rule       which
 * @param category   what it is about, or null
 * @param holds      whether it holds, so that an alert is raised
 * @param persists   whether an alert that is raised stays; true where it holds
 * @param summary    a sentence for people, with the numbers
 * @param suggestion what could be done about it, or null
 */
record Reading(
        AlertRule rule, String category, boolean holds, boolean persists, String summary, Suggestion suggestion) {
    Reading {
        persists = persists || holds;
    }

    /** Of a rule whose alerts clear as soon as it does not hold. */
    Reading(AlertRule rule, String category, boolean holds, String summary) {
        this(rule, category, holds, holds, summary, null);
    }

    /** What can be raised once at a time. */
    String subject() {
        return Alert.subject(rule.name(), category);
    }
}
