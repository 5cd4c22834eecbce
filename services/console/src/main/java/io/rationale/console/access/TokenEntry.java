package io.rationale.console.access;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of the file of tokens: {@code name role[,role] sha256 [expires=2027-01-01]}.
 *
 * @param name      whom the audit names
 * @param roles     as they were given, at least one
 * @param sha256    of the token, 64 hexadecimal digits in lower case
 * @param expiresAt from when on it is none; nothing for one without an end
 */
public record TokenEntry(String name, Set<Role> roles, String sha256, Optional<Instant> expiresAt) {
    /** What a name looks like: no white space, so that it stays one word of the line. */
    public static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+:/-]{0,199}");

    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\S+)\\s+(\\S+)(?:\\s+expires=(\\S+))?");

    public TokenEntry {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("its name has other characters than letters, digits and ._@+:/-, begins"
                    + " with none of the first two, or is longer than 200");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("it names no role");
        }
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("its third word is no SHA-256 of 64 hexadecimal digits");
        }
        roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
        sha256 = sha256.toLowerCase(java.util.Locale.ROOT);
    }

    /** @throws IllegalArgumentException with what is wrong, and not a word of the line itself */
    static TokenEntry parse(String line) {
        Matcher words = LINE.matcher(line.strip());
        if (!words.matches()) {
            throw new IllegalArgumentException("it is not: name role[,role] sha256 [expires=2027-01-01]");
        }
        return new TokenEntry(
                words.group(1),
                roles(words.group(2)),
                words.group(3),
                Optional.ofNullable(words.group(4)).map(TokenEntry::instant));
    }

    private static Set<Role> roles(String words) {
        return Arrays.stream(words.split(","))
                .map(word -> Role.of(word)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "its second word names another role than writer, viewer, reviewer and admin")))
                .collect(Collectors.toSet());
    }

    private static Instant instant(String word) {
        try {
            return word.contains("T")
                    ? Instant.parse(word)
                    : LocalDate.parse(word).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "expires is no date like 2027-01-01 and no time like 2027-01-01T08:00:00Z");
        }
    }

    /** The roles, as the line has them. */
    public String roleWords() {
        return roles.stream().map(Role::code).collect(Collectors.joining(","));
    }

    /** The line. */
    public String line() {
        return name + " " + roleWords() + " " + sha256
                + expiresAt.map(time -> " expires=" + time).orElse("");
    }
}
