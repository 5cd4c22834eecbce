package io.rationale.console.api;

import jakarta.ws.rs.core.HttpHeaders;

/** A page of another site could make a browser write to a console on its user's machine. */
public final class OtherSites {
    private OtherSites() {}

    /**
     * Lets pass what the console's own page and programs send.
     *
     * @param refusal a sentence for everybody else
     * @throws ProblemException 403 when a browser says that another site's page sends the request
     */
    public static void refuse(HttpHeaders headers, String refusal) {
        String site = headers.getHeaderString("Sec-Fetch-Site");
        if ("cross-site".equals(site) || "same-site".equals(site)) {
            throw ProblemException.of(403, refusal);
        }
    }
}
