package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputIT {
    private static final int LIMIT = 300;

    @TempDir
    Path folder;

    private final List<String> files = new ArrayList<>();
    private final List<Bad> expected = new ArrayList<>();

    /**
     * An entry that is no note.
     *
     * @param at       its file and line, as messages name them
     * @param reason   of its dead letter
     * @param original its bytes
     */
    private record Bad(String at, String reason, String original) {}

    @Test
    void shouldTellWhereEachFaultIsAndGoOnWithTheRest() throws IOException {
        // given
        file("empty.csv", "");
        file("colours.csv", "colour,size\nred,4\n");
        file("latin.csv", "note\ngood one\ncaf\u00e9 closed\ngood two\n", StandardCharsets.ISO_8859_1);
        bad("latin.csv:3", "wrong-encoding", "Y2Fm6SBjbG9zZWQ=");
        file("broken.jsonl", "{\"text\":\"good three\"}\n{\"text\":\"cut of\n[1]\n{\"text\":\"good four\"}\n");
        bad("broken.jsonl:2", "not-json", base64("{\"text\":\"cut of"));
        bad("broken.jsonl:3", "not-a-note", base64("[1]"));
        file("quotes.csv", "note\ngood five\n\"never closed\n");
        bad("quotes.csv:3", "unbalanced-quotes", base64("\"never closed"));
        file("blank.csv", "note,product\ngood six,a\n   ,b\n");
        bad("blank.csv:3", "blank-text", base64("   ,b"));
        String longText = "long ".repeat(LIMIT);
        file("long.csv", "note\n" + longText + "\ngood seven\n");
        bad("long.csv:2", "too-long", base64(longText));
        file("ids.csv", "id,note\n1,good eight\n1,another text\n2,good nine\n");
        bad("ids.csv:3", "duplicate-id", base64("1,another text"));

        // when
        RationaleProcess.Result first = classify();

        // then
        first.exitsWith(0);
        assertThat(first.err())
                .contains("empty.csv is empty")
                .contains("colours.csv: no column 'text'; the columns are: colour, size.", "--text-column")
                .contains("byte 0xE9 at offset 17 of the file")
                .contains("--id-column");
        assertThat(expected).allSatisfy(bad -> assertThat(first.err()).contains(bad.at() + ": " + bad.reason()));
        assertThat(first.out()).contains("9 notes decided, none undecided.");
        Reported out = new Reported(folder.resolve("out"));
        out.assertConsistent();
        assertThat(out.auditedTexts()).hasSize(9).allMatch(text -> text.startsWith("good "));
        assertThat(out.deadLetters().stream().map(BadInputIT::found)).containsExactlyInAnyOrderElementsOf(expected);

        // when
        RationaleProcess.Result second = classify();

        // then
        assertThat(second.exitsWith(0).out()).isEqualTo(first.out());
        assertThat(out.deadLetters()).hasSameSizeAs(expected);
        assertThat(out.audit()).hasSize(9);
    }

    private static Bad found(JsonNode letter) {
        JsonNode origin = letter.path("origin");
        return new Bad(
                origin.path("file").textValue() + ":" + origin.path("line").longValue(),
                letter.path("reason").textValue(),
                letter.path("base64").textValue());
    }

    private RationaleProcess.Result classify() {
        List<String> arguments = new ArrayList<>(List.of("classify", "--max-text-bytes", String.valueOf(LIMIT)));
        arguments.addAll(List.of("--data", "data", "--out", "out", "--quiet"));
        arguments.addAll(files);
        return RationaleProcess.run(folder, arguments.toArray(String[]::new));
    }

    private void file(String name, String text) throws IOException {
        file(name, text, StandardCharsets.UTF_8);
    }

    private void file(String name, String text, Charset charset) throws IOException {
        Files.writeString(folder.resolve(name), text, charset);
        files.add(name);
    }

    private void bad(String at, String reason, String base64) {
        expected.add(new Bad(at, reason, base64));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
