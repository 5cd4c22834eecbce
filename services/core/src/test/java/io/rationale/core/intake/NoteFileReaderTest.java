package io.rationale.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.core.note.NoteDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoteFileReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"n.CSV~CSV", "n.tab~TSV", "n.JSON~JSON", "n.ndjson~JSONL", "n.md~TEXT", "csv~TEXT", "-~TEXT"})
    void shouldTellTheFormatByExtension(String name, InputFormat format) {
        assertThat(FormatSniffer.formatOf(name, "hello, world", null)).isEqualTo(format);
    }

    @Test
    void shouldTellTheFormatByContent() {
        assertThat(sniff("\n [1]")).isEqualTo(InputFormat.JSON);
        assertThat(sniff("{\"text\":\"a\"}\n{\"text\"")).isEqualTo(InputFormat.JSONL);
        assertThat(sniff("{\n\"text\":\"a\"}")).isEqualTo(InputFormat.JSON);
        assertThat(sniff("id\tText, please\tnote\n")).isEqualTo(InputFormat.TSV);
        assertThat(sniff("id;\"Note\"\n")).isEqualTo(InputFormat.CSV);
        assertThat(sniff("wrong, very wrong\n")).isEqualTo(InputFormat.TEXT);
        assertThat(sniff("text\n")).isEqualTo(InputFormat.TEXT);
        assertThat(FormatSniffer.formatOf("-", "id,fault\n", "Fault")).isEqualTo(InputFormat.CSV);
        assertThat(InputFormat.of("Jsonl")).isEqualTo(InputFormat.JSONL);
        assertThatThrownBy(() -> InputFormat.of("xml"))
                .hasMessageContaining("'xml'")
                .hasMessageContaining("csv, tsv");
    }

    private static InputFormat sniff(String head) {
        return FormatSniffer.formatOf("-", head, null);
    }

    @Test
    void shouldReadANoteALine() throws Exception {
        ReadResult read = ReadResult.of("n.txt", "a \r\n\n \t\n\"b, c\n\rlast");

        assertThat(read.texts()).containsExactly("a ", "\"b, c", "last");
        assertThat(read.accepted()).extracting(IntakeEntry.Accepted::line).containsExactly(1L, 4L, 6L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", " \n\t\r\n"})
    void shouldRefuseAnEmptyFile(String content) {
        for (String name : new String[] {"n.csv", "n.json", "n.jsonl", "n.txt", "-"}) {
            assertThatThrownBy(() -> ReadResult.of(name, content))
                    .isInstanceOf(UnreadableInputException.class)
                    .hasMessageStartingWith(name + " is empty");
        }
    }

    @Test
    void shouldRefuseWhatIsNoText() {
        byte[] utf16 = "id,text\n".getBytes(StandardCharsets.UTF_16LE);
        byte[] utf32 = "\uFEFFid,text\n".getBytes(Charset.forName("UTF-32LE"));

        assertThatThrownBy(() -> ReadResult.of(IntakeOptions.DEFAULT, "n.csv", utf16))
                .hasMessageContaining("NUL bytes")
                .hasMessageContaining("UTF-16 without a byte order mark");
        assertThatThrownBy(() -> ReadResult.of(IntakeOptions.DEFAULT, "n.csv", utf32))
                .hasMessageContaining("UTF-32");
        assertThatThrownBy(() -> ReadResult.of("n.csv", "PK\u0003\u0004")).hasMessageContaining("Excel");
        assertThatThrownBy(() -> ReadResult.of("n.csv", "id,\"text\n")).hasMessageContaining("header cannot be read");
        assertThatThrownBy(() -> ReadResult.of(
                        IntakeOptions.DEFAULT, "n.csv", "t\u00fc\n".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("0xFC at offset 1");
    }

    @Test
    void shouldRejectAStrayNulLaterOn() throws Exception {
        ReadResult read = ReadResult.of("n.txt", "x".repeat(9000) + "\na\u0000b\nc\n");

        assertThat(read.texts()).hasSize(2).endsWith("c");
        assertThat(read.deadLetter().cause()).contains("byte 0x00 at offset 9002");
    }

    @Test
    void shouldKeepUtf16BytesOfARejectedLine() throws Exception {
        for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes("\uFEFF\u00fc\n".getBytes(charset));
            byte[] lone = charset.equals(StandardCharsets.UTF_16LE)
                    ? new byte[] {'a', 0, 0x12, (byte) 0xD8, 'b', 0}
                    : new byte[] {0, 'a', (byte) 0xD8, 0x12, 0, 'b'};
            file.writeBytes(lone);
            file.writeBytes("\r\n\ud83d\ude00\n".getBytes(charset));
            file.write(0x7A);

            ReadResult read = ReadResult.of(IntakeOptions.DEFAULT, "n.txt", file.toByteArray());

            assertThat(read.texts()).containsExactly("\u00fc", "\ud83d\ude00");
            assertThat(read.reasons()).containsExactly("wrong-encoding", "wrong-encoding");
            assertThat(read.rejected().getFirst().original().toArray()).isEqualTo(lone);
            assertThat(read.rejected().getFirst().cause()).contains("offset 8 ").contains("UTF-16");
            assertThat(read.rejected().getLast().original().toArray()).containsExactly(0x7A);
            assertThat(read.rejected().getLast().cause()).contains("0x7A at offset 22 ");
        }
    }

    @Test
    void shouldCutALineThatIsTooLongAndGoOn() throws Exception {
        NoteFileReader reader = new NoteFileReader(IntakeOptions.DEFAULT, 200_000);
        String longLine = "x".repeat(200_001);
        for (String name : new String[] {"n.txt", "n.csv"}) {
            ReadResult read =
                    ReadResult.of(reader, name, ("text\n" + longLine + "\nb\n").getBytes(StandardCharsets.UTF_8));

            assertThat(read.texts()).endsWith("b");
            assertThat(read.deadLetter().reason()).isEqualTo("too-long");
            assertThat(read.deadLetter().original().size()).isEqualTo(65_536);
            assertThat(read.deadLetter().cause()).startsWith("the line has 200001 bytes, the limit is 200000");
        }
    }

    @Test
    void shouldHoldNotesToTheDecodersLimits() throws Exception {
        IntakeOptions options =
                new IntakeOptions(InputFormat.TEXT, null, null, null, NoteDecoder.DEFAULT.withMaxTextBytes(10));

        ReadResult read = ReadResult.of(options, "x.csv", "short\nmuch too long\n");

        assertThat(read.texts()).containsExactly("short");
        assertThat(read.deadLetter().reason()).isEqualTo("too-long");
        assertThat(read.deadLetter().field()).isEqualTo("text");
        assertThat(read.deadLetter().cause()).contains("13 bytes").contains("limit is 10");
    }
}
