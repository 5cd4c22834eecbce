package io.rationale.console.remedies;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.access.CurrentCaller;
import io.rationale.console.access.Role;
import io.rationale.console.api.JsonBody;
import io.rationale.console.api.OtherSites;
import io.rationale.console.api.ProblemException;
import io.rationale.core.remedy.Remedy;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What was done against categories, and what came of it. */
@Path("/api/v1/remedies")
@Produces(MediaType.APPLICATION_JSON)
public class RemediesResource {
    private static final int MOST_BYTES = 1024 * 1024;

    private final RemedyService remedies;
    private final RemedyEffects effects;
    private final CurrentCaller caller;
    private final ConsoleSetup setup;

    RemediesResource(RemedyService remedies, RemedyEffects effects, CurrentCaller caller, ConsoleSetup setup) {
        this.remedies = remedies;
        this.effects = effects;
        this.caller = caller;
        this.setup = setup;
    }

    /** @param remedies the one that was deployed last first */
    public record Remedies(List<RemedyAnswer> remedies) {}

    /** All of them, or those of categories. */
    @GET
    @RolesAllowed(Role.VIEWS)
    public Remedies list(
            @RestQuery("category") List<String> categories,
            @RestQuery("source") List<String> sources,
            @RestQuery @DefaultValue("30") String days) {
        List<Remedy> wanted = remedies.all().stream()
                .filter(remedy -> sources.isEmpty()
                        || remedy.sources().isEmpty()
                        || remedy.sources().stream().anyMatch(sources::contains))
                .toList();
        return new Remedies(effects.of(wanted, days(days), setup.clock().instant()).stream()
                .filter(answer -> categories.isEmpty() || isOf(answer, categories))
                .toList());
    }

    /** By its own category, or by what that is now. */
    private static boolean isOf(RemedyAnswer answer, List<String> categories) {
        return categories.contains(answer.category())
                || answer.labels().stream().anyMatch(categories::contains);
    }

    /** Somebody did something. */
    @POST
    @RolesAllowed(Role.REVIEWS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public Response deploy(@Context HttpHeaders headers, InputStream body) throws IOException, InterruptedException {
        refuseOtherSites(headers);
        effects.checkLoaded();
        Remedy deployed = remedies.deploy(RemedyRequest.of(read(body)));
        return Response.created(URI.create("/api/v1/remedies/" + deployed.id()))
                .entity(answer(deployed, RemedyEffects.MOST_DAYS))
                .build();
    }

    /** One of them. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("{remedy}")
    public RemedyAnswer get(@RestPath String remedy, @RestQuery @DefaultValue("30") String days) {
        return answer(remedies.find(remedy), days(days));
    }

    /** It was taken back. */
    @POST
    @RolesAllowed(Role.REVIEWS)
    @Path("{remedy}/withdraw")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public RemedyAnswer withdraw(@Context HttpHeaders headers, @RestPath String remedy, InputStream body)
            throws IOException, InterruptedException {
        refuseOtherSites(headers);
        JsonBody fields = read(body);
        effects.checkLoaded();
        return answer(remedies.withdraw(remedy, fields.by(), fields.time("at")), RemedyEffects.MOST_DAYS);
    }

    private RemedyAnswer answer(Remedy remedy, int days) {
        return effects.of(List.of(remedy), days, setup.clock().instant()).getFirst();
    }

    private static int days(String given) {
        if (!given.matches("\\d{1,2}")
                || Integer.parseInt(given) < 1
                || Integer.parseInt(given) > RemedyEffects.MOST_DAYS) {
            throw ProblemException.badRequest("days is a number from 1 to " + RemedyEffects.MOST_DAYS + ".");
        }
        return Integer.parseInt(given);
    }

    private JsonBody read(InputStream body) throws IOException {
        return JsonBody.read(body, MOST_BYTES).signed(caller.name());
    }

    private static void refuseOtherSites(HttpHeaders headers) {
        OtherSites.refuse(headers, "Remedies are not written from pages of other sites.");
    }
}
