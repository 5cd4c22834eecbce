package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged application as a child process, as the script starts it. Its output goes to files, so it never blocks. */
final class RationaleProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    /** Failsafe runs in the module's folder. */
    private static final Path APPLICATION =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();

    private static final List<String> START = start();

    private final Path folder;
    private final List<String> arguments;
    private final Process process;
    private final Path out;
    private final Path err;

    private RationaleProcess(Path folder, List<String> arguments, Process process, Path out, Path err) {
        this.folder = folder;
        this.arguments = arguments;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * What a process left behind.
     *
     * @param exitCode of the process; signals as shells count them
     * @param out      standard output
     * @param err      standard error
     */
    record Result(int exitCode, String out, String err) {
        /** The same, after a check of the exit code. */
        Result exitsWith(int expected) {
            assertThat(exitCode)
                    .as("exit code; standard error:%n%s%nstandard output:%n%s", err, out)
                    .isEqualTo(expected);
            assertThat(err).doesNotContain("\tat ");
            return this;
        }
    }

    /** Starts it in a folder, which also takes its output and its temporary files. */
    static RationaleProcess start(Path folder, String... arguments) {
        return start(folder, null, arguments);
    }

    /** The same, with a file as standard input. */
    static RationaleProcess start(Path folder, Path input, String... arguments) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command(folder, arguments))
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            if (input != null) {
                builder.redirectInput(input.toFile());
            }
            builder.environment().keySet().removeAll(List.of("COLUMNS", "RATIONALE_TTY", "RATIONALE_R1_API_KEY"));
            // One call about each note, so that tests can count what R1 was asked.
            builder.environment().putAll(Map.of("RATIONALE_VOTES_MAX", "1", "RATIONALE_SHARED_VERDICTS_WINDOW", "0s"));
            return new RationaleProcess(folder, List.of(arguments), builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end. */
    static Result run(Path folder, String... arguments) {
        try (RationaleProcess process = start(folder, arguments)) {
            return process.await();
        }
    }

    /** Waits for its end. */
    Result await() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(
                        arguments + " does not end within " + PATIENCE.toSeconds() + " s." + standstill());
            }
            return new Result(process.exitValue(), out(), err());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What can be told of it when it does not do what it is waited for. */
    String standstill() {
        return Standstill.of(process, err, folder);
    }

    /** Standard output so far. */
    String out() {
        return read(out);
    }

    /** Standard error so far. */
    String err() {
        return read(err);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ctrl-C. */
    void interrupt() {
        signal("INT");
    }

    /** What a service manager sends. */
    void terminate() {
        signal("TERM");
    }

    /** kill -9, and waits for the end. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Any signal, by its name. */
    void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(exit).as("kill -%s", name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> command(Path folder, String... arguments) {
        List<String> command = new ArrayList<>();
        // A build in the background of a shell ignores SIGINT, and its children inherit that.
        if (isLinux()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(JAVA, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(START);
        command.addAll(List.of(arguments));
        return command;
    }

    /** From what the build recorded of a start where it did, as the script does it. */
    private static List<String> start() {
        Path recorded = APPLICATION.resolveSibling("java.home");
        try {
            if (Files.exists(recorded)
                    && Files.getLastModifiedTime(recorded).compareTo(Files.getLastModifiedTime(APPLICATION)) > 0
                    && Files.isSameFile(
                            Path.of(Files.readString(recorded).strip()), Path.of(System.getProperty("java.home")))) {
                return List.of(
                        "@" + APPLICATION.resolveSibling("java.options"),
                        "@" + APPLICATION.resolveSibling("java.main"));
            }
            return List.of("-jar", APPLICATION.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").equals("Linux");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
