package io.rationale.local.command;

import io.rationale.console.access.ApiTokens;
import io.rationale.console.access.Role;
import io.rationale.console.access.TokenEntry;
import io.rationale.console.access.TokenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code rationale token}. */
@Command(
        name = "token",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = HelpCommand.class,
        description =
                "Makes, lists and revokes the static tokens of a console (rationale.auth.tokens-file). The file holds"
                        + " hashes only; a running console notices a change within a second.")
final class TokenCommand implements Runnable {
    private static final Pattern SPAN = Pattern.compile("([1-9]\\d{0,5})([mhd])");

    @Spec
    private CommandSpec spec;

    private final InstantSource clock = InstantSource.system();

    /** Where the tokens are. */
    static final class FileOption {
        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "File of the tokens; else what rationale.auth.tokens-file says, in the environment for"
                        + " example.")
        private Path file;

        Path path() {
            return Optional.ofNullable(file)
                    .or(() -> ServiceProperties.read()
                            .value("rationale.auth.tokens-file")
                            .map(Path::of))
                    .orElseThrow(() -> new UsageException(
                            "Name the file of the tokens: --file, or rationale.auth.tokens-file in the environment."));
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: create, list or revoke.");
    }

    @Command(
            name = "create",
            description = "Makes a token, prints it once on standard output, and adds its hash to the file.")
    int create(
            @Mixin FileOption where,
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "NAME",
                            description = "Whose it is: the name that the audit keeps.")
                    String name,
            @Option(
                            names = "--role",
                            required = true,
                            split = ",",
                            paramLabel = "ROLE",
                            description = "What it may do: writer (sends notes), viewer (reads), reviewer (reads and"
                                    + " reviews), admin (everything). May be repeated.")
                    List<String> roles,
            @Option(
                            names = "--expires",
                            paramLabel = "TIME",
                            description = "When it ends: after 90d, 12h or 30m, or on a date such as 2027-01-01; never"
                                    + " unless given.")
                    String expires) {
        Path path = where.path();
        String token = ApiTokens.create();
        TokenEntry entry = entry(name, roles(roles), token, expires == null ? null : end(expires));
        try {
            if (Files.exists(path) && contains(path, name)) {
                throw new UsageException("There is a token named " + name + " in " + path
                        + " already: name another, or revoke that one first.");
            }
            new TokenFile(path).add(entry);
        } catch (IOException e) {
            throw unusable(path, "written", e);
        }
        spec.commandLine()
                .getErr()
                .println("The token of " + name + " (" + entry.roleWords()
                        + entry.expiresAt().map(end -> ", until " + end).orElse("") + "), which is shown only now:");
        spec.commandLine().getErr().flush();
        return print(List.of(token));
    }

    private static boolean contains(Path path, String name) throws IOException {
        return new TokenFile(path)
                .read().entries().stream().anyMatch(each -> each.name().equals(name));
    }

    private static TokenEntry entry(String name, Set<Role> roles, String token, Instant end) {
        try {
            return new TokenEntry(name, roles, ApiTokens.sha256(token), Optional.ofNullable(end));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--name cannot be used: " + e.getMessage() + ".");
        }
    }

    private static Set<Role> roles(List<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names) {
            roles.add(Role.of(name.strip().toLowerCase(Locale.ROOT))
                    .orElseThrow(() ->
                            new UsageException("--role is writer, viewer, reviewer or admin, not '" + name + "'.")));
        }
        return roles;
    }

    private Instant end(String given) {
        Instant end = parsed(given);
        if (!end.isAfter(clock.instant())) {
            throw new UsageException("--expires lies in the past.");
        }
        return end;
    }

    private Instant parsed(String given) {
        Matcher span = SPAN.matcher(given);
        if (span.matches()) {
            long number = Long.parseLong(span.group(1));
            Duration length =
                    switch (span.group(2)) {
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    };
            return clock.instant().plus(length).truncatedTo(ChronoUnit.SECONDS);
        }
        try {
            return given.contains("T")
                    ? Instant.parse(given)
                    : LocalDate.parse(given).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new UsageException(
                    "--expires is a time to come such as 90d, 12h or 30m, or a date such as 2027-01-01, not '" + given
                            + "'.");
        }
    }

    @Command(
            name = "list",
            description =
                    "Lists the tokens: names, roles, ends, and the first digits of their hashes. Ends with 2 when a"
                            + " line of the file is no token.")
    int list(@Mixin FileOption where) {
        TokenFile.Content content = read(where.path());
        Instant now = clock.instant();
        print(content.entries().stream().map(each -> line(each, now)).toList());
        content.faults().forEach(spec.commandLine().getErr()::println);
        spec.commandLine().getErr().flush();
        return content.faults().isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }

    private static String line(TokenEntry entry, Instant now) {
        String end = entry.expiresAt()
                .map(time -> (now.isBefore(time) ? "until " : "expired ") + time)
                .orElse("without an end");
        return entry.name() + "  " + entry.roleWords() + "  " + end + "  "
                + entry.sha256().substring(0, 8);
    }

    private static TokenFile.Content read(Path path) {
        try {
            return new TokenFile(path).read();
        } catch (IOException e) {
            throw unusable(path, "read", e);
        }
    }

    @Command(name = "revoke", description = "Takes the tokens of a name out of the file.")
    int revoke(
            @Mixin FileOption where,
            @Option(names = "--name", paramLabel = "NAME", description = "Whose they are.") String option,
            @Parameters(arity = "0..1", paramLabel = "NAME", description = "The same without the option.")
                    String word) {
        String name = option == null ? word : option;
        if (name == null) {
            throw new UsageException("Say whose tokens are revoked: --name.");
        }
        Path path = where.path();
        try {
            int revoked = new TokenFile(path).remove(name);
            if (revoked == 0) {
                throw new UsageException("There is no token named " + name + " in " + path + ".");
            }
            return print(List.of("Revoked: " + name + "."));
        } catch (IOException e) {
            throw unusable(path, "changed", e);
        }
    }

    private static UsageException unusable(Path path, String what, IOException e) {
        return new UsageException(
                "The file " + path + " cannot be " + what + " (" + e.getClass().getSimpleName() + ").");
    }

    private int print(List<String> lines) {
        lines.forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
