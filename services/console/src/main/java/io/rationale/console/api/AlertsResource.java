package io.rationale.console.api;

import io.rationale.console.access.Role;
import io.rationale.console.alerts.AlertLog;
import io.rationale.core.alert.Alert;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** What people were told of. */
@Path("/api/v1/alerts")
@Produces(MediaType.APPLICATION_JSON)
public class AlertsResource {
    private static final int MOST = 1_000;

    private final AlertLog alerts;

    public AlertsResource(AlertLog alerts) {
        this.alerts = alerts;
    }

    /**
     * The alerts.
     *
     * @param raised those that are raised now, the newest first
     * @param latest what began or ended last, the newest first
     */
    public record Alerts(List<Alert> raised, List<Alert> latest) {}

    @GET
    @RolesAllowed(Role.VIEWS)
    public Alerts alerts(@RestQuery @DefaultValue("50") String limit) {
        return new Alerts(alerts.raised(), alerts.latest(QueryParameters.limit(limit, MOST)));
    }
}
