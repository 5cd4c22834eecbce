package io.rationale.local.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rationale images}: run by the script, from the sources; stands here for {@code --help}. */
@Command(
        name = "images",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Builds the container images of all services with Docker, and what each holds as CycloneDX.")
final class ImagesCommand implements Callable<Integer> {
    @Option(
            names = "--base",
            paramLabel = "IMAGE",
            description = "Image to build on, with Java 25 on its path (default: eclipse-temurin:25-jre-noble).")
    private String base;

    @Option(
            names = "--local-base",
            description = "Makes the base here, from Debian's packages and this JDK, where no registry is reachable"
                    + " (needs root and debootstrap).")
    private boolean localBase;

    @Option(
            names = "--no-aot",
            description = "Without the cache that makes starts quick, and so much smaller (docs/images.md).")
    private boolean noAot;

    @Option(names = "--tag", paramLabel = "TAG", description = "Tag of the images (default: the version).")
    private String tag;

    @Option(
            names = "--only",
            paramLabel = "SERVICE",
            description = "Builds one: classifier, console, local, r1-simulator.")
    private String only;

    @Override
    public Integer call() {
        throw new UsageException("Images are built from the sources: use the script ./rationale images.");
    }
}
