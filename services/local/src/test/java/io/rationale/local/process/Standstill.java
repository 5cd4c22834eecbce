package io.rationale.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be told of a process that does not do what a test waits for: its threads, the end of its standard error, and the
 * end of its logs. As much as can be had: nothing here fails, or takes long.
 */
final class Standstill {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LAST_LINES = 60;
    private static final int MOST_LINES = 5_000;
    private static final int LOG_DEPTH = 4;
    private static final String JCMD =
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

    private Standstill() {}

    /** Several paragraphs. @param folder in which it keeps its data, somewhere */
    static String of(Process process, Path err, Path folder) {
        StringBuilder told = new StringBuilder();
        told.append(paragraph("Its standard error ends so", tail(err)));
        logs(folder).forEach(log -> told.append(paragraph(folder.relativize(log) + " ends so", tail(log))));
        return told.append(paragraph("Its threads", threads(process, folder))).toString();
    }

    private static String paragraph(String title, String text) {
        return System.lineSeparator() + title + ":" + System.lineSeparator() + text + System.lineSeparator();
    }

    private static List<Path> logs(Path folder) {
        try (Stream<Path> logs =
                Files.find(folder, LOG_DEPTH, (file, any) -> file.endsWith("rationale.log") && any.isRegularFile())) {
            return logs.toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static String tail(Path file) {
        try {
            List<String> lines = lines(file);
            return String.join(
                    System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "It cannot be read: " + e;
        }
    }

    /** By {@code jcmd}, whose answer goes to a file so that it never blocks. */
    private static String threads(Process process, Path folder) {
        if (!process.isAlive()) {
            return "It has ended, with exit code " + process.exitValue() + ".";
        }
        try {
            Path answer = Files.createTempFile(folder, "threads", ".txt");
            Process asking = new ProcessBuilder(JCMD, String.valueOf(process.pid()), "Thread.print")
                    .redirectErrorStream(true)
                    .redirectOutput(answer.toFile())
                    .start();
            boolean isAnswered = asking.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            asking.destroyForcibly();
            // The list of addresses in front says nothing to anybody.
            return lines(answer).stream()
                            .filter(line -> !line.startsWith("0x"))
                            .limit(MOST_LINES)
                            .collect(Collectors.joining(System.lineSeparator()))
                    + (isAnswered ? "" : " does not tell them within " + PATIENCE.toSeconds() + " s.");
        } catch (IOException e) {
            return "They cannot be asked for: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "Nobody waited for them.";
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
