package io.rationale.classifier.r1.http;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** What we ask of an OpenAI-compatible server, below its base URL. Bodies stay bytes: they are kept. */
@Path("/")
@RegisterRestClient(configKey = "r1")
@RegisterProvider(AbandonedBodies.class)
public interface OpenAiApi {
    /** Asks for a completion, whose body is read while it comes; closing it early closes the connection. */
    @POST
    @Path("chat/completions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    Uni<RestResponse<InputStream>> chatCompletions(@HeaderParam("Authorization") String authorization, byte[] body);

    /** Gets what a server says about itself, at an absolute URL: some routes stand beside the base URL. */
    @GET
    @Produces(MediaType.WILDCARD)
    Uni<RestResponse<InputStream>> get(@Url String url, @HeaderParam("Authorization") String authorization);
}
