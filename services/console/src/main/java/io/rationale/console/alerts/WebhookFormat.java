package io.rationale.console.alerts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.alert.Alert;
import io.rationale.core.alert.Suggestion;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;

/** What a webhook's body looks like. */
public enum WebhookFormat {
    /** The alert as it stands in the topic. */
    JSON {
        @Override
        Bytes body(Alert alert) {
            return Bytes.of(Json.bytes(alert));
        }
    },
    /** An incoming webhook of Slack, which Mattermost and others understand too: one line of text. */
    SLACK {
        @Override
        Bytes body(Alert alert) {
            String sign = alert.state() == Alert.State.RAISED ? ":red_circle:" : ":white_check_mark:";
            String text = sign + " *" + escaped(alert.rule()) + "* "
                    + alert.state().code() + "\n" + escaped(alert.summary()) + suggestion(alert) + "\n_"
                    + escaped(alert.condition()) + "_";
            ObjectNode body = Json.mapper().createObjectNode().put("text", text);
            return Bytes.of(Json.bytes(body));
        }
    };

    abstract Bytes body(Alert alert);

    /** Words for what to do, while there is something to do. */
    private static String suggestion(Alert alert) {
        if (alert.suggestion() == null || alert.state() != Alert.State.RAISED) {
            return "";
        }
        Suggestion.Discovery discovery = alert.suggestion().discovery();
        String which = discovery.maxAgreement() == null
                ? "the notes of " + String.join(", ", discovery.category())
                : "the notes with little agreement";
        return "\nFind patterns in " + escaped(which) + " from " + discovery.from() + " to " + discovery.to()
                + ": on the page's view Taxonomy, or POST /api/v1/discoveries.";
    }

    /** Slack reads three characters as markup of links and mentions (api.slack.com, "Escaping text"). */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
