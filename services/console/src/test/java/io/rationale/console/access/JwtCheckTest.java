package io.rationale.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.access.Admission.Admitted;
import io.rationale.console.access.Admission.Refused;
import io.rationale.console.access.Admission.Undecided;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JwtCheckTest {
    private static final JwtSettings SETTINGS = settings("roles");

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile String served;
    private volatile boolean away;
    private PublicJsonWebKey key;
    private Jwks jwks;

    @BeforeEach
    void publish() throws Exception {
        key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId("one");
        serve(key);
        JwksSource source = new JwksSource() {
            @Override
            public String read() throws IOException {
                reads.incrementAndGet();
                if (away) {
                    throw new IOException("it is away");
                }
                return served;
            }

            @Override
            public String place() {
                return "https://issuer.example/keys";
            }
        };
        jwks = new Jwks(source, Duration.ofMinutes(5), nanos::get);
    }

    private void serve(PublicJsonWebKey... keys) {
        served = new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    private static JwtSettings settings(String rolesClaim) {
        return new JwtSettings(
                TestTokens.ISSUER,
                List.of("other", TestTokens.AUDIENCE),
                rolesClaim,
                List.of("preferred_username", "sub"),
                Map.of(
                        Role.VIEWER, List.of("viewer"),
                        Role.REVIEWER, List.of("reviewer"),
                        Role.ADMIN, List.of("ops", "rationale-admin")));
    }

    private JwtCheck check(JwtSettings settings) {
        return new JwtCheck(jwks, settings, Instant::now);
    }

    private static Admission admission(JwtCheck check, String token) {
        return check.admit(token).toCompletableFuture().join();
    }

    @Test
    void shouldReadKeysOnceAndTheTokenOfSomebodyKnown() throws Exception {
        // given
        JwtCheck check = check(SETTINGS);

        // when
        for (int i = 0; i < 50; i++) {
            String token = TestTokens.signed(TestTokens.claims("ann" + i, "viewer"), key);
            Admission admission = admission(check, token);
            assertThat(admission).isInstanceOfSatisfying(Admitted.class, admitted -> assertThat(
                            admitted.caller().roles())
                    .containsExactly(Role.VIEWER));
            assertThat(admission(check, token)).isEqualTo(admission);
        }

        // then
        assertThat(reads).hasValue(1);
    }

    @Test
    void shouldSayThatNobodyCanTellWhileTheKeysCannotBeRead() throws Exception {
        // given
        away = true;
        JwtCheck check = check(SETTINGS);
        String token = TestTokens.signed(TestTokens.claims("ann", "viewer"), key);

        // when
        Admission before = admission(check, token);
        away = false;
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        Admission after = admission(check, token);
        away = true;
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        jwks.tick();
        jwks.renew().join();

        // then
        assertThat(before).isInstanceOfSatisfying(Undecided.class, undecided -> assertThat(undecided.reason())
                .contains("rationale.auth.jwt.jwks")
                .doesNotContain(token));
        assertThat(after).isInstanceOf(Admitted.class);
        assertThat(admission(check, token)).as("keys that are known stay").isInstanceOf(Admitted.class);
    }

    @Test
    void shouldForgetTokensOfAWithdrawnKey() throws Exception {
        // given
        JwtCheck check = check(SETTINGS);
        String old = TestTokens.signed(TestTokens.claims("ann", "viewer"), key);
        assertThat(admission(check, old)).isInstanceOf(Admitted.class);
        PublicJsonWebKey next = RsaJwkGenerator.generateJwk(2048);
        next.setKeyId("two");

        // when
        serve(next);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        Admission ofNext = admission(check, TestTokens.signed(TestTokens.claims("ann", "viewer"), next));

        // then
        assertThat(ofNext).isInstanceOf(Admitted.class);
        assertThat(admission(check, old)).isInstanceOf(Refused.class);
    }

    @Test
    void shouldNeverTakeASharedSecretForAKey() {
        served =
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"one\",\"k\":\"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA\"}]}";

        jwks.renew().join();

        assertThat(jwks.keys().known()).isTrue();
        assertThat(jwks.keys().list()).isEmpty();
    }

    @Test
    void shouldFindRolesWhereTheIssuerPutsThem() throws Exception {
        Map<String, Object> claims = TestTokens.claims("ann");
        claims.put("realm_access", Map.of("roles", List.of("offline", "ops")));
        claims.put("scope", " openid  reviewer ");
        claims.put("https://example.com/roles", List.of("viewer", 7));
        String token = TestTokens.signed(claims, key);

        assertThat(roles("realm_access/roles", token)).isEqualTo(Role.ADMIN.included());
        assertThat(roles("scope", token)).isEqualTo(Role.REVIEWER.included());
        assertThat(roles("https://example.com/roles", token)).containsExactly(Role.VIEWER);
        assertThat(roles("realm_access/nothing/there", token)).isEmpty();
        assertThat(roles("sub/roles", token)).isEmpty();
    }

    private java.util.Set<Role> roles(String claim, String token) {
        return ((Admitted) admission(check(settings(claim)), token)).caller().roles();
    }

    @Test
    void shouldNameAPersonByTheFirstClaimThatIsThere() throws Exception {
        Map<String, Object> claims = TestTokens.claims("ann", "viewer");
        claims.put("preferred_username", " \u202e ");

        Admission admission = admission(check(SETTINGS), TestTokens.signed(claims, key));

        assertThat(((Admitted) admission).caller().name()).contains("id-of-ann");
    }
}
