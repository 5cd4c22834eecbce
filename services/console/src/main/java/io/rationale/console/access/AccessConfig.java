package io.rationale.console.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may come to the console. */
@ConfigMapping(prefix = "rationale.auth")
public interface AccessConfig {
    /** File of the static tokens, a line each; read again when it changes. */
    Optional<Path> tokensFile();

    /**
     * {@code allowed}: whoever reaches an address that others reach, too, may do everything. For a console behind
     * something that asks who comes, or in a closed network. Without tokens such an address is refused otherwise.
     */
    Optional<String> anonymous();

    /** Tokens that somebody else issues. */
    Jwt jwt();

    /** JSON Web Tokens; issuer, audience and keys go together. */
    interface Jwt {
        /** What the claim {@code iss} must be. */
        Optional<String> issuer();

        /** Of what the claim {@code aud} must name one. */
        Optional<List<String>> audience();

        /** Where the issuer's public keys are: an https address, or a file. */
        Optional<String> jwks();

        /** Keys are read again after this time, and when a token names an unknown one. */
        @WithDefault("5m")
        Duration refresh();

        /** TLS configuration of Quarkus' registry for the address of the keys. */
        Optional<String> tlsConfigurationName();

        /** Claim with the roles, an array or words; {@code /} leads into objects: {@code realm_access/roles}. */
        @WithDefault("roles")
        String rolesClaim();

        /** Claims of which the first that is there names the person. */
        @WithDefault("preferred_username,upn,email,sub")
        List<String> nameClaim();

        /** What the issuer calls a role; the same as here unless given. */
        Map<String, List<String>> roles();
    }
}
