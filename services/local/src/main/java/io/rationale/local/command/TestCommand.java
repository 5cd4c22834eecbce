package io.rationale.local.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rationale test}: run by the script, from the sources; stands here for {@code --help}. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Builds and runs the whole test suite.")
final class TestCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageException("Tests run from the sources: use the script ./rationale test.");
    }
}
