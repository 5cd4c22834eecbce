package io.rationale.console.search;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a commit of the index carries: how far it has read. Whatever is in the index came from before these offsets, and
 * everything before them is in it.
 *
 * @param topicId of the audit topic, so that another one of the same name is noticed; null before anything was read
 * @param offsets by partition, of the next record to be read
 */
record CommitData(String topicId, Map<Integer, Long> offsets) {
    static final CommitData NONE = new CommitData(null, Map.of());

    private static final String FORMAT = "format";
    private static final String TOPIC = "topic";
    private static final String OFFSET = "offset.";

    CommitData {
        offsets = Map.copyOf(offsets);
    }

    Map<String, String> toMap() {
        Map<String, String> data = new TreeMap<>();
        data.put(FORMAT, Fields.FORMAT);
        if (topicId != null) {
            data.put(TOPIC, topicId);
        }
        offsets.forEach((partition, offset) -> data.put(OFFSET + partition, String.valueOf(offset)));
        return data;
    }

    static boolean isOfThisFormat(Map<String, String> data) {
        return Fields.FORMAT.equals(data.get(FORMAT));
    }

    static CommitData of(Map<String, String> data) {
        Map<Integer, Long> offsets = new HashMap<>();
        data.forEach((key, value) -> {
            if (key.startsWith(OFFSET)) {
                offsets.put(Integer.valueOf(key.substring(OFFSET.length())), Long.valueOf(value));
            }
        });
        return new CommitData(data.get(TOPIC), offsets);
    }
}
