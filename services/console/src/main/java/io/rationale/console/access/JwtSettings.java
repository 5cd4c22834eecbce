package io.rationale.console.access;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is asked of a JSON Web Token.
 *
 * @param issuer     that it must be from
 * @param audiences  of which it must name one
 * @param rolesClaim name of the claim, or a way through objects with {@code /}
 * @param nameClaims the first that is there counts
 * @param theirs     what the issuer calls each role
 */
record JwtSettings(
        String issuer,
        List<String> audiences,
        String rolesClaim,
        List<String> nameClaims,
        Map<Role, List<String>> theirs) {
    JwtSettings {
        audiences = List.copyOf(audiences);
        nameClaims = List.copyOf(nameClaims);
        theirs = Map.copyOf(theirs);
    }

    /** @throws IllegalArgumentException when something is missing or cannot be meant */
    static JwtSettings of(AccessConfig.Jwt config) {
        if (config.issuer().isEmpty()
                || config.audience().isEmpty()
                || config.jwks().isEmpty()) {
            throw new IllegalArgumentException("JSON Web Tokens are checked by three keys together: set"
                    + " rationale.auth.jwt.issuer, rationale.auth.jwt.audience and rationale.auth.jwt.jwks, or none of"
                    + " them.");
        }
        return new JwtSettings(
                config.issuer().get(),
                config.audience().get(),
                config.rolesClaim(),
                config.nameClaim(),
                theirs(config.roles()));
    }

    private static Map<Role, List<String>> theirs(Map<String, List<String>> given) {
        Map<Role, List<String>> theirs = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            theirs.put(role, List.of(role.code()));
        }
        given.forEach((name, words) -> theirs.put(
                Role.of(name)
                        .orElseThrow(() -> new IllegalArgumentException("rationale.auth.jwt.roles." + name
                                + " names no role of the console: these are writer, viewer, reviewer and admin.")),
                List.copyOf(words)));
        return theirs;
    }

    /** The roles that these words of the issuer mean. */
    List<Role> roles(Collection<String> words) {
        return theirs.entrySet().stream()
                .filter(role -> role.getValue().stream().anyMatch(words::contains))
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }
}
