package io.rationale.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The token for a console that asks who comes. Never an option's value: a command line is for all to see. */
final class ConsoleToken {
    private static final String VARIABLE = "RATIONALE_TOKEN";
    private static final String FILE_VARIABLE = VARIABLE + "_FILE";
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token for a console that asks who comes; else the environment's " + VARIABLE
                    + ", else the file that " + FILE_VARIABLE + " names.")
    private Path file;

    /** The token, if there is one. @throws UsageException when a file cannot be read or holds something else */
    Optional<String> read() {
        return read(System.getenv());
    }

    Optional<String> read(Map<String, String> environment) {
        if (file != null) {
            return Optional.of(ofFile(file, "The file " + file));
        }
        String given = environment.getOrDefault(VARIABLE, "").strip();
        if (!given.isEmpty()) {
            return Optional.of(checked(given, "The environment variable " + VARIABLE));
        }
        String named = environment.getOrDefault(FILE_VARIABLE, "").strip();
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of(ofFile(Path.of(named), "The file " + named + " that " + FILE_VARIABLE + " names"));
    }

    private static String ofFile(Path file, String what) {
        try {
            return checked(Files.readString(file).strip(), what);
        } catch (IOException e) {
            throw new UsageException(what + " cannot be read (" + e.getClass().getSimpleName() + ").");
        }
    }

    private static String checked(String token, String what) {
        if (!TOKEN.matcher(token).matches()) {
            throw new UsageException(what + " holds no token: one line without spaces.");
        }
        return token;
    }
}
