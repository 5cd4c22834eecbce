package io.rationale.classifier.r1;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The two routes of an OpenAI-compatible server that we use, below its base URL. Bodies stay bytes: they are kept. */
@Path("/")
@RegisterRestClient(configKey = "r1")
public interface OpenAiApi {
    /** Asks for a completion. */
    @POST
    @Path("chat/completions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    Response chatCompletions(@HeaderParam("Authorization") String authorization, byte[] body);

    /** Lists the models. */
    @GET
    @Path("models")
    @Produces(MediaType.APPLICATION_JSON)
    Response models(@HeaderParam("Authorization") String authorization);
}
