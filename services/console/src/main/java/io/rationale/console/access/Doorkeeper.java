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
        if (!asks()) {
            return CompletableFuture.completedFuture(new Admitted(Caller.ANYBODY));
        }
        return credential.token().isPresent() && isForJwt(credential.token().get())
                ? jwt.orElseThrow().admit(credential.token().get())
                : CompletableFuture.completedFuture(admitNow(credential));
    }

    /** Whose token it is by what is known now. */
    Admission admitNow(Credential credential) {
        if (!asks()) {
            return new Admitted(Caller.ANYBODY);
        }
        if (credential.token().isEmpty()) {
            return new Unnamed();
        }
        String token = credential.token().get();
        if (token.length() > LONGEST_TOKEN) {
            return new Refused("The token has more than " + LONGEST_TOKEN + " characters.");
        }
        if (isForJwt(token)) {
            return jwt.orElseThrow().admitNow(token);
        }
        return tokens.map(known -> known.admit(token)).orElse(UNKNOWN);
    }

    private boolean isForJwt(String token) {
        return jwt.isPresent() && token.length() <= LONGEST_TOKEN && !token.startsWith(ApiTokens.PREFIX);
    }
}
