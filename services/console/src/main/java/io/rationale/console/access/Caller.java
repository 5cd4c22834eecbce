package io.rationale.console.access;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who sends a request.
 *
 * @param name      as the audit has it; nothing where nobody is asked who comes
 * @param roles     what they may do, those included in others, too
 * @param expiresAt from when on the token is none; nothing for one without an end
 */
public record Caller(Optional<String> name, Set<Role> roles, Optional<Instant> expiresAt) {
    /** Whoever comes, where nobody is asked. */
    public static final Caller ANYBODY = new Caller(Optional.empty(), Role.ADMIN.included(), Optional.empty());

    public Caller {
        roles = Collections.unmodifiableSet(roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles));
    }

    /** @param given roles as a token names them */
    static Caller of(String name, Collection<Role> given, Instant expiresAt) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        given.forEach(role -> roles.addAll(role.included()));
        return new Caller(Optional.of(name), roles, Optional.ofNullable(expiresAt));
    }

    /** Whether they may do what that role may. */
    public boolean may(Role role) {
        return roles.contains(role);
    }
}
