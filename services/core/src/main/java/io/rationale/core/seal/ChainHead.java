package io.rationale.core.seal;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the chain of one partition is.
 *
 * @param sequence   number of the last link, 0 before any
 * @param lastOffset of the last record that it seals, -1 before any
 * @param hash       of the last link, 64 lower-case hex digits; zeros before any
 */
public record ChainHead(long sequence, long lastOffset, String hash) {
    /** Before the first link. */
    public static final ChainHead NONE = new ChainHead(0, -1, "0".repeat(64));

    private static final Pattern TEXT = Pattern.compile("1 (\\d{1,18}) (-1|\\d{1,18}) ([0-9a-f]{64})");

    public ChainHead {
        Objects.requireNonNull(hash, "hash");
    }

    /** One line of ASCII, as it travels with a committed offset. */
    public String text() {
        return "1 " + sequence + " " + lastOffset + " " + hash;
    }

    /** Reads {@link #text()}; nothing when it is something else. */
    public static Optional<ChainHead> ofText(String text) {
        Matcher matcher = TEXT.matcher(text == null ? "" : text);
        return matcher.matches()
                ? Optional.of(new ChainHead(
                        Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }
}
