package io.rationale.console.alerts;

import io.rationale.core.alert.Alert;

/**
 * What a rule comes to now.
 *
 * @param rule     which
 * @param category what it is about, or null
 * @param holds    whether it holds
 * @param summary  a sentence for people, with the numbers
 */
record Reading(AlertRule rule, String category, boolean holds, String summary) {
    /** What can be raised once at a time. */
    String subject() {
        return Alert.subject(rule.name(), category);
    }
}
