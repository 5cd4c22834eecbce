package io.rationale.local.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where R1 is. */
final class R1Options {
    @Option(
            names = "--r1",
            split = ",",
            paramLabel = "URL",
            description = "Base URLs of R1 servers as OpenAI clients take them, such as http://host:8000/v1. Without it"
                    + " the R1 simulator answers: it compares words and is no reasoning model. A key is read from"
                    + " RATIONALE_R1_API_KEY.")
    private List<String> r1 = List.of();

    @Option(names = "--model", paramLabel = "NAME", description = "Model to ask for; else the first that R1 lists.")
    private String model;

    /** The base URLs, checked. */
    List<String> endpoints() {
        return r1.stream().map(R1Options::checked).toList();
    }

    Optional<String> model() {
        return Optional.ofNullable(model).filter(name -> !name.isBlank());
    }

    private static String checked(String url) {
        try {
            URI uri = new URI(url.strip());
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!http || uri.getHost() == null) {
                throw new UsageException("--r1 takes base URLs such as http://host:8000/v1.");
            }
            if (uri.getUserInfo() != null) {
                throw new UsageException("--r1 takes no credentials: put the key into RATIONALE_R1_API_KEY.");
            }
            return uri.toString().replaceAll("/+$", "");
        } catch (URISyntaxException e) {
            throw new UsageException("--r1 takes base URLs such as http://host:8000/v1.");
        }
    }
}
