package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.kafka.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeIT {
    @TempDir
    Path folder;

    @Test
    void shouldGiveUpOnlyTheNoteThatR1CannotAnswer() throws IOException {
        // given
        List<String> notes = List.of("first", "second", "POISON in the middle", "fourth", "fifth", "sixth");
        Files.write(folder.resolve("notes.txt"), notes);

        try (StubbornR1 r1 = StubbornR1.start("POISON")) {
            // when
            RationaleProcess.Result result = classify(r1.baseUrl());

            // then
            result.exitsWith(3);
            assertThat(result.out()).contains("5 notes decided, 1 undecided").doesNotContain("simulator");
            int asked = r1.refusals();
            assertThat(asked).isGreaterThan(1);

            // when
            RationaleProcess.Result again = classify(r1.baseUrl());

            // then
            again.exitsWith(3);
            assertThat(r1.refusals()).isEqualTo(asked);
        }
        Reported out = new Reported(folder.resolve("out"));
        out.assertConsistent();
        assertThat(out.auditedTexts()).containsExactlyInAnyOrderElementsOf(notes);
        assertThat(out.audit())
                .filteredOn(event -> event.path("type").textValue().equals("unclassifiable"))
                .singleElement()
                .extracting(event -> event.path("note").path("text").textValue())
                .isEqualTo("POISON in the middle");
        assertThat(out.deadLetters()).singleElement().satisfies(ExitCodeIT::assertFromTheNotesTopic);
    }

    @Test
    void shouldTellThatR1CannotBeReached() throws IOException {
        // given
        Files.writeString(folder.resolve("notes.txt"), "a note");
        String url = "http://127.0.0.1:" + Ports.free() + "/v1";

        // when
        RationaleProcess.Result result = classify(url);

        // then
        result.exitsWith(4);
        assertThat(result.err()).contains("rationale: R1 cannot be reached: " + url);
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rationale.r1.profile=vlm | rationale.r1.profile is vlm; it can be auto or one of vllm,",
                "rationale.alerts.rules.x=much | rationale.alerts.rules.x is no rule that is understood",
                "rationale.reviews.timeout=1ms | rationale.reviews.timeout is PT0.001S: set it from 1s to 1h.",
                "rationale.alerts.webhooks.x.url=ftp://h/secret | rationale.alerts.webhooks.x.url is no address that",
            })
    void shouldTellAWrongValueInASentence(String setting, String sentence) throws IOException {
        // given
        Files.writeString(folder.resolve("notes.txt"), "a note");
        Files.createDirectory(folder.resolve("config"));
        Files.writeString(folder.resolve("config/application.properties"), setting);

        // when
        RationaleProcess.Result result = RationaleProcess.run(folder, "classify", "notes.txt");

        // then
        result.exitsWith(2);
        assertThat(result.err()).contains("rationale: " + sentence).doesNotContain("secret", "ERROR");
    }

    @Test
    void shouldTellThatThereIsNothingReadable() throws IOException {
        // given
        Files.writeString(folder.resolve("notes.txt"), " \n\n");

        // when
        RationaleProcess.Result result = RationaleProcess.run(folder, "classify", "notes.txt", "--out", "out");

        // then
        result.exitsWith(2);
        assertThat(result.err()).contains("notes.txt is empty", "There is no note to classify.");
        assertThat(result.out()).isEmpty();
        assertThat(folder.resolve("out/dead-letters.jsonl")).isEmptyFile();
        assertThat(folder.resolve(".rationale")).isDirectory();
    }

    @Test
    void shouldTellThatThePortIsInUse() throws IOException {
        // given
        Files.writeString(folder.resolve("notes.txt"), "a note");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            // when
            RationaleProcess.Result result =
                    RationaleProcess.run(folder, "classify", "notes.txt", "--serve", "--port", port);

            // then
            result.exitsWith(2);
            assertThat(result.err())
                    .isEqualToIgnoringNewLines("rationale: The port " + port + " is in use. Name another with --port.");
        }
        assertThat(folder.resolve(".rationale")).doesNotExist();
    }

    private RationaleProcess.Result classify(String r1) {
        return RationaleProcess.run(
                folder, "classify", "notes.txt", "--data", "data", "--r1", r1, "--quiet", "--out", "out");
    }

    private static void assertFromTheNotesTopic(JsonNode letter) {
        assertThat(letter.path("origin").path("topic").textValue()).isEqualTo("rationale.notes");
        assertThat(letter.path("text").textValue()).contains("POISON");
    }
}
