package io.rationale.benchmark.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The processes of one run and their folder. However the run ends, Ctrl-C among it, they are killed and the folder is
 * deleted. Thread-safe.
 */
public final class Processes implements AutoCloseable {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    /** Those of our own, where a quick start is worth more than speed. */
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xmx1g", "-Xshare:auto");

    private final Path folder;
    private final boolean keep;
    private final List<ChildProcess> children = new ArrayList<>();
    private final Thread hook = new Thread(this::end, "end-processes");
    private boolean ended;
    private int count;

    private Processes(Path folder, boolean keep) {
        this.folder = folder;
        this.keep = keep;
    }

    /** @param keep whether the folder stays, with what all processes wrote */
    public static Processes create(boolean keep) {
        try {
            Processes processes = new Processes(Files.createTempDirectory("rationale-benchmark"), keep);
            Runtime.getRuntime().addShutdownHook(processes.hook);
            return processes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For what processes keep on disk. */
    public Path folder() {
        return folder;
    }

    /** Starts a main class of this class path. It ends with us, too, by {@link Parent#watch()}. */
    ChildProcess start(String name, Class<?> main, List<String> arguments) {
        return start(name, main.getName(), SMALL, arguments);
    }

    /** The same with options for its JVM. */
    public ChildProcess start(String name, String main, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        return start(name, Map.of(), command);
    }

    /**
     * Starts a JVM.
     *
     * @param environment   beside that of this process, of which what would configure a Rationale is left out
     * @param javaArguments all that follows {@code java}
     */
    synchronized ChildProcess start(String name, Map<String, String> environment, List<String> javaArguments) {
        if (ended) {
            throw new IllegalStateException("The run has ended.");
        }
        Path log = folder.resolve(String.format("%02d-%s.log", count++, name));
        List<String> command = new ArrayList<>(List.of(JAVA));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(javaArguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(Processes::isOurs);
        builder.environment().putAll(environment);
        try {
            ChildProcess child = new ChildProcess(name, builder.start(), log);
            children.removeIf(other -> !other.isAlive());
            children.add(child);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, the hook runs or has run.
            return;
        }
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        children.forEach(ChildProcess::kill);
        if (keep) {
            System.err.println("Kept: " + folder);
        } else {
            delete();
        }
    }

    private void delete() {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("Could not delete " + folder + ": " + e);
        }
    }

    private static boolean isOurs(String variable) {
        return variable.startsWith("RATIONALE_") || variable.startsWith("KAFKA_") || variable.startsWith("QUARKUS_");
    }
}
