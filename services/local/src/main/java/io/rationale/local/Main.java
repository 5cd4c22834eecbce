package io.rationale.local;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.rationale.local.command.RationaleCommand;

/** Where {@code ./rationale} enters. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(RationaleCommand.execute(args));
    }
}
