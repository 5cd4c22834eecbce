package io.rationale.console.access;

import io.rationale.console.access.Admission.Admitted;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Who sends the request that is being answered. */
@RequestScoped
public class CurrentCaller {
    private final RoutingContext at;
    private final Doorkeeper doorkeeper;

    CurrentCaller(RoutingContext at, Doorkeeper doorkeeper) {
        this.at = at;
        this.doorkeeper = doorkeeper;
    }

    /** The name that goes into the audit; nothing where nobody is asked who comes. */
    public Optional<String> name() {
        return AccessGate.admission(at) instanceof Admitted admitted
                ? admitted.caller().name()
                : Optional.empty();
    }

    /**
     * Whether the sender may still read: false once the token has expired or was revoked. For answers that go on for
     * hours; may be asked after the request by any thread.
     */
    public BooleanSupplier mayStillView() {
        Credential shown = AccessGate.credential(at);
        Doorkeeper asked = doorkeeper;
        return () -> asked.admitNow(shown) instanceof Admitted admitted
                && admitted.caller().may(Role.VIEWER);
    }
}
