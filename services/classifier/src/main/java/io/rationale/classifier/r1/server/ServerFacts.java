package io.rationale.classifier.r1.server;

import io.rationale.core.r1.ModelProfile;
import java.util.OptionalInt;

/**
 * What a probe found.
 *
 * @param profile          which server it is
 * @param version          as it calls it, or null
 * @param model            to ask for
 * @param modelProfile     how that model wants to be asked
 * @param contextTokens    of one request, where the server says it
 * @param reasoningIn      where the chain of thought came: a field's name, {@code content}, or {@code none} where none
 *                         was seen
 * @param form             the first form of a request that the server took
 * @param structuredOutput whether reasoning and valid content both came back when a schema was asked for
 */
public record ServerFacts(
        ServerProfile profile,
        String version,
        String model,
        ModelProfile modelProfile,
        OptionalInt contextTokens,
        String reasoningIn,
        RequestForm form,
        boolean structuredOutput) {

    /** A line for logs and health. */
    public String sentence() {
        return profile.id() + (version == null ? "" : " " + version) + ", model " + model + " (asked as "
                + modelProfile.id() + "), context of "
                + (contextTokens.isPresent()
                        ? contextTokens.getAsInt() + " tokens"
                        : modelProfile.contextTokens() + " tokens by its profile")
                + ", reasoning in " + reasoningIn + ", schema " + (structuredOutput ? "used" : "not used");
    }

    public ServerFacts withReasoningIn(String where) {
        return new ServerFacts(profile, version, model, modelProfile, contextTokens, where, form, structuredOutput);
    }

    public ServerFacts withContextTokens(OptionalInt tokens) {
        return new ServerFacts(profile, version, model, modelProfile, tokens, reasoningIn, form, structuredOutput);
    }

    public ServerFacts withForm(RequestForm taken) {
        return new ServerFacts(
                profile, version, model, modelProfile, contextTokens, reasoningIn, taken, structuredOutput);
    }

    public ServerFacts withStructuredOutput(boolean used) {
        return new ServerFacts(profile, version, model, modelProfile, contextTokens, reasoningIn, form, used);
    }
}
