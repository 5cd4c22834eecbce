package io.rationale.console.access;

import io.rationale.console.access.Admission.Admitted;
import io.rationale.console.access.Admission.Refused;
import io.rationale.console.access.Admission.Undecided;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * Checks JSON Web Tokens: signed by a key of the issuer with an asymmetric algorithm, from that issuer, for this audience,
 * begun and not expired. Tokens that were found good are remembered until they expire or the keys change. Never waits;
 * thread safe.
 */
final class JwtCheck {
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");
    private static final AlgorithmConstraints ASYMMETRIC =
            new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new));
    /** Clocks differ: a token that begins in a moment has begun. None lives longer for it. */
    private static final int SKEW_SECONDS = 5;

    private static final int MOST_REMEMBERED = 10_000;
    private static final int LONGEST_NAME = 200;
    private static final Refused NOT_OURS =
            new Refused("The token is not signed by a key of the issuer that this console trusts.");
    private static final Refused MALFORMED = new Refused("This is no token of this console.");

    private final Jwks jwks;
    private final JwtSettings settings;
    private final InstantSource clock;
    private final Map<String, Good> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Good> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Good(Caller caller, Instant expiresAt, long generation) {}

    JwtCheck(Jwks jwks, JwtSettings settings, InstantSource clock) {
        this.jwks = jwks;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whose token it is; done at once but for the rare one that names a key that has to be looked for. */
    CompletionStage<Admission> admit(String token) {
        Optional<Admission> known = look(token);
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        return jwks.renew().thenApply(read -> look(token).orElseGet(this::keyUnknown));
    }

    /** Whose token it is by what is known now. */
    Admission admitNow(String token) {
        return look(token).orElseGet(this::keyUnknown);
    }

    private Admission keyUnknown() {
        return jwks.keys().known()
                ? NOT_OURS
                : new Undecided("The token cannot be checked now: the keys of its issuer cannot be read"
                        + " (rationale.auth.jwt.jwks); the console's log says why.");
    }

    /** @return nothing when the key that it names is not known */
    private Optional<Admission> look(String token) {
        String hash = HexFormat.of().formatHex(ApiTokens.digest(token));
        Jwks.Keys keys = jwks.keys();
        Instant now = clock.instant();
        synchronized (remembered) {
            Good good = remembered.get(hash);
            if (good != null && good.generation() == keys.generation() && now.isBefore(good.expiresAt())) {
                return Optional.of(new Admitted(good.caller()));
            }
            remembered.remove(hash);
        }
        return check(token, keys, now, hash);
    }

    private Optional<Admission> check(String token, Jwks.Keys keys, Instant now, String hash) {
        String algorithm;
        String id;
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(token);
            algorithm = signature.getAlgorithmHeaderValue();
            id = signature.getKeyIdHeaderValue();
        } catch (JoseException | RuntimeException e) {
            return Optional.of(MALFORMED);
        }
        if (algorithm == null || !ALGORITHMS.contains(algorithm)) {
            return Optional.of(new Refused("The token is not signed by an algorithm that this console takes."));
        }
        List<PublicJsonWebKey> candidates = keys.of(id, algorithm);
        Admission last = null;
        for (PublicJsonWebKey key : candidates) {
            last = verified(token, key, keys.generation(), now, hash);
            if (last != NOT_OURS) {
                return Optional.of(last);
            }
        }
        // Without an id, it may be of a key that came since.
        return id == null ? Optional.empty() : Optional.ofNullable(last);
    }

    private Admission verified(String token, PublicJsonWebKey key, long generation, Instant now, String hash) {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(ASYMMETRIC)
                .setVerificationKey(key.getPublicKey())
                .setExpectedIssuer(settings.issuer())
                .setExpectedAudience(settings.audiences().toArray(String[]::new))
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
                .build();
        try {
            return admitted(consumer.processToClaims(token), generation, now, hash);
        } catch (InvalidJwtException e) {
            return refusal(e);
        } catch (MalformedClaimException | RuntimeException e) {
            return MALFORMED;
        }
    }

    private Admission admitted(JwtClaims claims, long generation, Instant now, String hash)
            throws MalformedClaimException {
        Instant expiresAt = Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis());
        if (!now.isBefore(expiresAt)) {
            return new Refused("The token has expired.");
        }
        Optional<String> name = name(claims);
        if (name.isEmpty()) {
            return new Refused("The token names nobody: it has none of the claims "
                    + String.join(", ", settings.nameClaims()) + ".");
        }
        Caller caller = Caller.of(name.get(), settings.roles(words(claims)), expiresAt);
        synchronized (remembered) {
            remembered.put(hash, new Good(caller, expiresAt, generation));
        }
        return new Admitted(caller);
    }

    private static Refused refusal(InvalidJwtException e) {
        if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
            return NOT_OURS;
        }
        if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
            return new Refused("The token has expired.");
        }
        if (e.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
            return new Refused("The token never expires, and such tokens are not taken.");
        }
        if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return new Refused("The token is not valid yet.");
        }
        if (e.hasErrorCode(ErrorCodes.ISSUER_INVALID) || e.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return new Refused("The token is from another issuer than the one that this console trusts.");
        }
        if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return new Refused("The token is for another audience than this console.");
        }
        return MALFORMED;
    }

    private Optional<String> name(JwtClaims claims) {
        return settings.nameClaims().stream()
                .map(claim -> at(claims.getClaimsMap(), claim))
                .filter(String.class::isInstance)
                .map(value ->
                        ((String) value).replaceAll("\\p{Cntrl}|\\p{Cf}", "").strip())
                .filter(value -> !value.isEmpty() && value.codePointCount(0, value.length()) <= LONGEST_NAME)
                .findFirst();
    }

    private Collection<String> words(JwtClaims claims) {
        Object value = at(claims.getClaimsMap(), settings.rolesClaim());
        if (value instanceof String text) {
            return List.of(text.strip().split("\\s+"));
        }
        List<String> words = new ArrayList<>();
        if (value instanceof Collection<?> values) {
            values.stream().filter(String.class::isInstance).forEach(each -> words.add((String) each));
        }
        return words;
    }

    /** A claim of that name, which may hold a slash as addresses do, else what the way leads to. */
    private static Object at(Map<String, Object> claims, String name) {
        if (claims.containsKey(name)) {
            return claims.get(name);
        }
        Object at = claims;
        for (String step : name.split("/")) {
            at = at instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return at;
    }
}
