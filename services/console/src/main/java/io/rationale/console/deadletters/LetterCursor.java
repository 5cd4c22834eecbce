package io.rationale.console.deadletters;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a page of dead letters ended: by partition the offset before which the next one begins. */
final class LetterCursor {
    private static final Pattern PLACE = Pattern.compile("(\\d{1,6}):(\\d{1,18})");
    private static final int LONGEST = 16_384;

    private LetterCursor() {}

    /** The text given to people. */
    static String text(Map<Integer, Long> before) {
        String plain = before.entrySet().stream()
                .map(place -> place.getKey() + ":" + place.getValue())
                .collect(Collectors.joining(","));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    /** Nothing for what is no cursor. */
    static Optional<Map<Integer, Long>> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Map<Integer, Long> before = new TreeMap<>();
            for (String each : new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(",")) {
                Matcher place = PLACE.matcher(each);
                if (!place.matches()) {
                    return Optional.empty();
                }
                before.put(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2)));
            }
            return Optional.of(before);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
