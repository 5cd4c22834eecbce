package io.rationale.local.verify;

import io.rationale.core.seal.ChainHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a chain as somebody keeps it elsewhere: a chain that was written anew from its beginning does not have it.
 *
 * @param topic     the audit
 * @param partition of it
 * @param head      as it was
 */
public record Anchor(String topic, int partition, ChainHead head) {
    private static final String TITLE = "# rationale anchor: topic partition link offset hash";
    private static final Pattern LINE =
            Pattern.compile("([A-Za-z0-9._-]+) (\\d{1,9}) (\\d{1,18}) (\\d{1,18}) ([0-9a-f]{64})");

    /** What is kept, one line for each chain. */
    public static List<String> lines(List<Anchor> anchors) {
        List<String> lines = new ArrayList<>(List.of(TITLE));
        for (Anchor each : anchors) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s %d %d %d %s",
                    each.topic(),
                    each.partition(),
                    each.head().sequence(),
                    each.head().lastOffset(),
                    each.head().hash()));
        }
        return lines;
    }

    /**
     * Reads {@link #lines}; blank lines and such that begin with {@code #} say nothing.
     *
     * @throws IllegalArgumentException with a sentence that names the line
     */
    public static List<Anchor> read(List<String> lines) {
        List<Anchor> anchors = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("Line " + (i + 1) + " is no anchor: it has topic, partition, link,"
                        + " offset and hash, as 'rationale verify --anchor' prints them.");
            }
            anchors.add(new Anchor(
                    matcher.group(1),
                    Integer.parseInt(matcher.group(2)),
                    new ChainHead(
                            Long.parseLong(matcher.group(3)), Long.parseLong(matcher.group(4)), matcher.group(5))));
        }
        return anchors;
    }
}
