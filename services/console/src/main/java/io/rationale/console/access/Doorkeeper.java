package io.rationale.console.access;

import io.rationale.console.access.Admission.Admitted;
import io.rationale.console.access.Admission.Refused;
import io.rationale.console.access.Admission.Unnamed;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Says of each token whose it is. Never waits; thread safe. */
public final class Doorkeeper {
    /** Longest token that is looked at, in characters. */
    static final int LONGEST_TOKEN = 16 * 1024;

    private static final Refused UNKNOWN = new Refused("This console does not know the token.");

    private final Optional<StaticTokens> tokens;
    private final Optional<JwtCheck> jwt;

    Doorkeeper(Optional<StaticTokens> tokens, Optional<JwtCheck> jwt) {
        this.tokens = tokens;
        this.jwt = jwt;
    }

    /** Whether anybody is asked who comes. */
    public boolean asks() {
        return tokens.isPresent() || jwt.isPresent();
    }

    /** Whose token it is; done at once but for one that names a signing key which has to be looked for. */
    CompletionStage<Admission> admit(Credential credential) {
        Optional<Admission> known = known(credential);
        return known.isPresent() || jwt.isEmpty()
                ? CompletableFuture.completedFuture(known.orElse(UNKNOWN))
                : jwt.get().admit(credential.token().orElseThrow());
    }

    /** Whose token it is by what is known now. */
    Admission admitNow(Credential credential) {
        return known(credential).orElseGet(() -> jwt.map(
                        check -> check.admitNow(credential.token().orElseThrow()))
                .orElse(UNKNOWN));
    }

    /** What can be said without an issuer. */
    private Optional<Admission> known(Credential credential) {
        if (!asks()) {
            return Optional.of(new Admitted(Caller.ANYBODY));
        }
        if (credential.token().isEmpty()) {
            return Optional.of(new Unnamed());
        }
        String token = credential.token().get();
        if (token.length() > LONGEST_TOKEN) {
            return Optional.of(new Refused("The token has more than " + LONGEST_TOKEN + " characters."));
        }
        Optional<Admission> ours = tokens.flatMap(known -> known.admit(token));
        return ours.isEmpty() && token.startsWith(ApiTokens.PREFIX) ? Optional.of(UNKNOWN) : ours;
    }
}
