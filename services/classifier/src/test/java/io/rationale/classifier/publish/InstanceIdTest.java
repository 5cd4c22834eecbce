package io.rationale.classifier.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceIdTest {
    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process each : processes) {
            each.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldKeepWhatIsConfigured() {
        // when
        try (InstanceId id = InstanceId.of(Optional.of("mine"))) {
            // then
            assertThat(id.value()).isEqualTo("mine");
        }
    }

    @Test
    void shouldGiveEachLoopOfAProcessItsOwnName() {
        // when
        try (InstanceId one = InstanceId.free("host", folder);
                InstanceId two = InstanceId.free("host", folder)) {
            // then
            assertThat(List.of(one.value(), two.value())).containsExactly("host-1", "host-2");
        }
        try (InstanceId again = InstanceId.free("host", folder)) {
            assertThat(again.value()).isEqualTo("host-1");
        }
    }

    @Test
    void shouldGiveAProcessTheNameOfTheOneThatWasKilled() throws Exception {
        // given
        Process first = process();
        String killed = name(first);
        String living = name(process());

        // when
        first.destroyForcibly().waitFor();
        String next = name(process());

        // then
        assertThat(List.of(killed, living, next)).containsExactly("host-1", "host-2", "host-1");
    }

    @Test
    void shouldTakeSomeNameWhereNoneCanBeKept() throws IOException {
        // given
        Path file = Files.createFile(folder.resolve("no-folder"));

        // when
        try (InstanceId one = InstanceId.free("host", file);
                InstanceId two = InstanceId.free("host", file)) {
            // then
            assertThat(one.value()).startsWith("host-").isNotEqualTo(two.value());
        }
    }

    @Test
    void shouldNeitherFollowALinkNorTouchAForeignFile() throws IOException {
        // given
        Path foreign = Files.writeString(folder.resolve("foreign"), "theirs");
        Files.createSymbolicLink(folder.resolve("instance-1.lock"), foreign);

        // when
        try (InstanceId id = InstanceId.free("host", folder)) {
            // then
            assertThat(id.value()).startsWith("host-");
            assertThat(foreign).hasContent("theirs");
        }
    }

    private Process process() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return process;
    }

    private static String name(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        return output.readLine();
    }

    /** A process that takes a name and keeps it. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (InstanceId id = InstanceId.free("host", Path.of(arguments[0]))) {
                System.out.println(id.value());
                TimeUnit.MINUTES.sleep(1);
            }
        }
    }
}
