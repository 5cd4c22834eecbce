package io.rationale.local.command;

import picocli.CommandLine.Option;

/** Where the page is served. */
final class PortOption {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the page on loopback (default: ${DEFAULT-VALUE}).")
    private int port;

    int port() {
        return port;
    }
}
