package io.rationale.console.access;

import io.rationale.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Good tokens and bad ones, by keys in a folder. */
public final class TestTokens {
    public static final String ISSUER = "https://issuer.example/realm";
    public static final String AUDIENCE = "rationale";

    private final Path folder;

    public TestTokens(Path folder) {
        this.folder = folder;
    }

    /** New keys, and a static token of each role. */
    static TestTokens create(Path folder) throws IOException {
        TestTokens tokens = new TestTokens(folder);
        try {
            tokens.publish(tokens.newKey("first"));
        } catch (JoseException e) {
            throw new IOException(e);
        }
        for (Role role : Role.values()) {
            tokens.addStatic("static-" + role.code(), role);
        }
        return tokens;
    }

    Path file() {
        return folder.resolve("tokens");
    }

    /** A new static token of that name. */
    public String addStatic(String name, Role role) throws IOException {
        String token = ApiTokens.create();
        new TokenFile(file()).add(new TokenEntry(name, EnumSet.of(role), ApiTokens.sha256(token), Optional.empty()));
        Files.writeString(folder.resolve(name), token);
        return token;
    }

    public void revoke(String name) throws IOException {
        new TokenFile(file()).remove(name);
    }

    /** One that was made before. */
    public String statically(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    /** Not published yet. */
    public PublicJsonWebKey newKey(String id) throws IOException, JoseException {
        PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(id);
        key.setUse("sig");
        Files.writeString(folder.resolve("key-" + id), key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        return key;
    }

    /** In place of all before. */
    public void publish(PublicJsonWebKey... keys) throws IOException {
        Path next = folder.resolve("jwks.next");
        Files.writeString(next, new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY));
        Files.move(next, folder.resolve("jwks.json"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    public PublicJsonWebKey key(String id) throws IOException, JoseException {
        return PublicJsonWebKey.Factory.newPublicJwk(Files.readString(folder.resolve("key-" + id)));
    }

    /** Claims of a good token. */
    public static Map<String, Object> claims(String name, String... roles) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("aud", AUDIENCE);
        claims.put("sub", "id-of-" + name);
        claims.put("preferred_username", name);
        claims.put("exp", Instant.now().plusSeconds(600).getEpochSecond());
        claims.put("roles", List.of(roles));
        return claims;
    }

    public String signed(Map<String, Object> claims) throws IOException, JoseException {
        return signed(claims, key("first"));
    }

    public static String signed(Map<String, Object> claims, PublicJsonWebKey key) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(Json.line(claims));
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(
                key.getKeyType().equals("EC")
                        ? AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256
                        : AlgorithmIdentifiers.RSA_USING_SHA256);
        return signature.getCompactSerialization();
    }

    /** A good token of somebody with that role. */
    public String of(Role role) throws IOException, JoseException {
        return signed(claims("jwt-" + role.code(), role.code()));
    }

    /** Tokens that nobody may use, by what is bad about them. */
    public Map<String, String> bad() throws IOException, JoseException {
        Map<String, String> bad = new LinkedHashMap<>();
        Map<String, Object> admin = claims("mallory", "admin");
        String good = signed(admin);
        PublicJsonWebKey other = RsaJwkGenerator.generateJwk(2048);
        bad.put("alg none", encoded("{\"alg\":\"none\"}") + "." + encoded(Json.line(admin)) + ".");
        bad.put(
                "alg none, with the signature of a good one",
                encoded("{\"alg\":\"none\",\"kid\":\"first\"}") + good.substring(good.indexOf('.')));
        bad.put(
                "HS256 with the public key",
                symmetric(admin, key("first").getPublicKey().getEncoded()));
        bad.put(
                "HS256 with the public key as PEM",
                symmetric(admin, pem(key("first").getPublicKey().getEncoded())));
        bad.put("another key", signed(admin, other));
        other.setKeyId("first");
        bad.put("another key under a known id", signed(admin, other));
        PublicJsonWebKey curve = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        curve.setKeyId("first");
        bad.put("another kind of key under a known id", signed(admin, curve));
        bad.put("a key that it brings itself", selfMade(admin, other));
        bad.put("changed payload", changed(good));
        bad.put("without a signature", good.substring(0, good.lastIndexOf('.') + 1));
        bad.put(
                "expired",
                signed(with(admin, "exp", Instant.now().minusSeconds(1).getEpochSecond())));
        bad.put("never expires", signed(without(admin, "exp")));
        bad.put(
                "not yet valid",
                signed(with(admin, "nbf", Instant.now().plusSeconds(60).getEpochSecond())));
        bad.put("foreign issuer", signed(with(admin, "iss", "https://elsewhere.example")));
        bad.put("no issuer", signed(without(admin, "iss")));
        bad.put("foreign audience", signed(with(admin, "aud", List.of("another", "third"))));
        bad.put("no audience", signed(without(admin, "aud")));
        bad.put("names nobody", signed(without(without(admin, "sub"), "preferred_username")));
        bad.put("unknown static", ApiTokens.create());
        bad.put("hash of a static", ApiTokens.sha256(statically("static-admin")));
        bad.put("not a token", "admin");
        bad.put("empty", "");
        bad.put("too long", signed(with(admin, "more", "x".repeat(12_600))));
        return bad;
    }

    private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(claims);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, Object> without(Map<String, Object> claims, String name) {
        Map<String, Object> changed = new LinkedHashMap<>(claims);
        changed.remove(name);
        return changed;
    }

    private static String symmetric(Map<String, Object> claims, byte[] secret) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(Json.line(claims));
        signature.setKey(new HmacKey(secret));
        signature.setKeyIdHeaderValue("first");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        return signature.getCompactSerialization();
    }

    private static byte[] pem(byte[] key) {
        return ("-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String selfMade(Map<String, Object> claims, PublicJsonWebKey key) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(Json.line(claims));
        signature.setKey(key.getPrivateKey());
        signature.setJwkHeader(key);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        return signature.getCompactSerialization();
    }

    /** More roles than were signed. */
    private static String changed(String good) {
        String[] parts = good.split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return parts[0] + "." + encoded(payload.replace("mallory", "grace")) + "." + parts[2];
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
