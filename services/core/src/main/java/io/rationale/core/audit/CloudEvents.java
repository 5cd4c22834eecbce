package io.rationale.core.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CloudEvents 1.0 headers in Kafka's binary content mode (Kafka Protocol Binding 1.0.2, section 3.2): attributes with
 * the prefix {@code ce_}, the data's media type in {@code content-type}.
 */
public final class CloudEvents {
    /** Our extension attribute: the taxonomy version that a decision was made under, as {@code id@version}. */
    public static final String TAXONOMY = "ce_taxonomy";
    /** Our extension attribute: the person who asked for the change, as the person told it. */
    public static final String BY = "ce_by";
    /** Our extension attribute: the reclassification that a note is, or was, judged again for. */
    public static final String RECLASSIFICATION = "ce_reclassification";

    private CloudEvents() {}

    /**
     * The headers, in a fixed order.
     *
     * @param source URI reference of the service that writes the event
     * @param subject what the event is about, a note id for instance
     */
    public static Map<String, String> headers(String id, String source, String type, String subject, Instant time) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", source);
        headers.put("ce_type", type);
        headers.put("ce_subject", subject);
        headers.put("ce_time", time.toString());
        headers.put("content-type", "application/json");
        return headers;
    }
}
