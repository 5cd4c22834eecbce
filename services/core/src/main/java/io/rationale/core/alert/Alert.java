package io.rationale.core.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * A rule began to hold, or holds no more: the value of the alerts topic, by {@link #subject()} of the rule.
 *
 * @param version   of the event, 1
 * @param id        the same when it is raised and when it clears, another each time that it is raised
 * @param state     whether it begins or ends
 * @param rule      the rule's name in the configuration
 * @param condition the rule's words
 * @param category  the category that it is about, or null
 * @param raisedAt  when it began
 * @param at        when this was said: the same as {@code raisedAt}, or when it cleared
 * @param summary   a sentence for people, with the numbers
 * @param taxonomy  the version whose labels were counted, or null where none were
 * @param suggestion what could be done about it, or null
 */
public record Alert(
        int version,
        String id,
        State state,
        String rule,
        String condition,
        String category,
        Instant raisedAt,
        Instant at,
        String summary,
        TaxonomyRef taxonomy,
        Suggestion suggestion) {
    public Alert {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(raisedAt, "raisedAt");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(summary, "summary");
    }

    /** Without a suggestion. */
    public Alert(
            int version,
            String id,
            State state,
            String rule,
            String condition,
            String category,
            Instant raisedAt,
            Instant at,
            String summary,
            TaxonomyRef taxonomy) {
        this(version, id, state, rule, condition, category, raisedAt, at, summary, taxonomy, null);
    }

    /** Whether it begins or ends. */
    public enum State {
        RAISED,
        CLEARED;

        /** As it stands in events. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The end of this one. @param why a sentence for people */
    public Alert cleared(Instant now, String why) {
        return new Alert(
                version, id, State.CLEARED, rule, condition, category, raisedAt, now, why, taxonomy, suggestion);
    }

    /** What can be raised once at a time: a rule, or a rule about a category. */
    public static String subject(String rule, String category) {
        return category == null ? rule : rule + "/" + category;
    }
}
