package io.rationale.benchmark.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that we started. Its output goes to a file, so it never blocks. Linux's signals and {@code /proc}. */
public final class ChildProcess {
    private static final int SHOWN_TAIL = 4_000;

    private final String name;
    private final Process process;
    private final Path log;

    ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** For progress and complaints. */
    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Processor time that it has used since its start, in all threads; resolution 10 ms. */
    public Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException(name + " has ended:\n" + tail()));
    }

    /** A line of {@code /proc/PID/status} in KiB, such as {@code VmRSS} (now) or {@code VmHWM} (peak). */
    public long statusKib(String field) {
        try {
            Matcher line = Pattern.compile("(?m)^" + field + ":\\s+(\\d+) kB$")
                    .matcher(Files.readString(Path.of("/proc", String.valueOf(pid()), "status")));
            if (!line.find()) {
                throw new IllegalStateException(name + " has ended:\n" + tail());
            }
            return Long.parseLong(line.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets its JVM collect its garbage, all of it, and waits for that. */
    public void collectGarbage() {
        run(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(pid()), "GC.run");
    }

    /** Waits until its output has a match. */
    public MatchResult awaitOutput(Pattern pattern, Duration bound) {
        return Await.present(name + " says " + pattern, bound, () -> {
            Matcher matcher = pattern.matcher(output());
            return matcher.find() ? Optional.of(matcher.toMatchResult()) : stillAlive();
        });
    }

    /** Nothing, after a check that waiting makes sense. */
    <T> Optional<T> stillAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " has ended with " + process.exitValue() + ":\n" + tail());
        }
        return Optional.empty();
    }

    /** kill -9, and waits for the end. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** What a service manager does: SIGTERM, and SIGKILL after the grace; whether it ended by itself. */
    public boolean terminate(Duration grace) {
        process.destroy();
        try {
            if (process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        return false;
    }

    /** Stops it in the middle of whatever it does. */
    public void suspend() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("CONT");
    }

    /** All that it has written. */
    public String output() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tail() {
        String output = output();
        return output.substring(Math.max(0, output.length() - SHOWN_TAIL));
    }

    private void signal(String signal) {
        run("kill", "-" + signal, String.valueOf(pid()));
    }

    private void run(String... command) {
        try {
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " ended with " + exit + "; " + name + ":\n" + tail());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
