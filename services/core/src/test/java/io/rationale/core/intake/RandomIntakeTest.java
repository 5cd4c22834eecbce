package io.rationale.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Run again with a seed: {@code -Drationale.seed=...}. */
@Timeout(120)
class RandomIntakeTest {
    private static final String[] PIECES = {
        "a",
        "word",
        " ",
        ",",
        ";",
        "\t",
        "\"",
        "\"\"",
        "'",
        "\n",
        "\r\n",
        "\r",
        "\\",
        "{",
        "}",
        "[",
        "]",
        "#",
        "\u00e4",
        "\u05e9\u05dc\u05d5\u05dd",
        "\u202e",
        "\u5206\u7c7b",
        "\ud83d\ude00",
        "\ufeff",
        "\ufffe",
        "\u2028",
        "\u0085",
        "\u00a0",
        "=1+1"
    };

    private final long seed = Long.getLong("rationale.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @AfterEach
    void printSeed() {
        System.out.println("rationale.seed=" + seed);
    }

    @Test
    void shouldReadBackWhatACsvPrinterWrites() throws Exception {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            for (boolean tabs : new boolean[] {false, true}) {
                List<Note> notes = randomNotes(1500);
                boolean bom = charset != StandardCharsets.UTF_8 || random.nextBoolean();
                byte[] file = ((bom ? "\ufeff" : "") + csv(notes, tabs ? '\t' : ',')).getBytes(charset);

                ReadResult read = ReadResult.of(IntakeOptions.DEFAULT, tabs ? "s.tsv" : "s.csv", file);

                assertThat(read.rejected()).isEmpty();
                assertThat(read.notes()).isEqualTo(notes);
            }
        }
    }

    @Test
    void shouldReadBackWhatJsonWrites() throws Exception {
        List<Note> notes = randomNotes(1500);
        String lines = String.join("\n", notes.stream().map(Json::line).toList());

        assertThat(ReadResult.of("s.jsonl", lines).notes()).isEqualTo(notes);
        assertThat(ReadResult.of("s.json", lines).notes()).isEqualTo(notes);
        assertThat(ReadResult.of("s.json", Json.line(notes)).notes()).isEqualTo(notes);
        String pretty = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(notes);
        assertThat(ReadResult.of(
                                IntakeOptions.DEFAULT,
                                "s.json",
                                ("\ufeff" + pretty).getBytes(StandardCharsets.UTF_16LE))
                        .notes())
                .isEqualTo(notes);
    }

    @Test
    void shouldFindTheEndOfARecordWhereCommonsCsvDoes() throws Exception {
        for (int i = 0; i < 30_000; i++) {
            String line = text(6).replaceAll("[\r\n]", "");
            QuoteScan scan = QuoteScan.of(line, ',', false);

            assertThat(scan.end()).as(line).isEqualTo(commonsCsv(line));
            if (scan.end() == QuoteScan.End.COMPLETE && !line.isEmpty()) {
                assertThat(scan.delimiters() + 1)
                        .as(line)
                        .isEqualTo(parse(line).getFirst().size());
            }
        }
    }

    @Test
    void shouldSurviveDamageAndReadWhatIsFarFromIt() throws Exception {
        for (int round = 0; round < 60; round++) {
            List<String> records = new ArrayList<>();
            boolean csv = round % 2 == 0;
            for (int i = 0; i < 400; i++) {
                records.add(
                        csv ? "n" + i + ",\"note, " + i + "\"" : "{\"id\":\"n" + i + "\",\"text\":\"note " + i + "\"}");
            }
            String header = csv ? "id,text\n" : "";
            byte[] file = (header + String.join("\n", records) + "\n").getBytes(StandardCharsets.UTF_8);
            Set<Integer> near = damage(file, 1 + random.nextInt(8), header.length());

            ReadResult read = ReadResult.of(IntakeOptions.DEFAULT, csv ? "d.csv" : "d.jsonl", file);

            Set<String> ids = new HashSet<>(read.notes().stream().map(Note::id).toList());
            for (int i = 0; i < 400; i++) {
                assertThat(near.contains(i) || ids.contains("n" + i))
                        .as("round %d, record %d", round, i)
                        .isTrue();
            }
        }
    }

    @Test
    void shouldNeverThrowOrHangOnRubbish() {
        String[] names = {"r.csv", "r.tsv", "r.json", "r.jsonl", "r.txt", "-"};
        for (int round = 0; round < 600; round++) {
            String name = names[round % names.length];
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(
                    (name.startsWith("r.j") ? "[\n{\"text\":\"a\"},\n" : "text,b\n").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 200; i++) {
                file.writeBytes(text(4).getBytes(StandardCharsets.UTF_8));
                file.write(random.nextInt(20) == 0 ? random.nextInt(1, 256) : '\n');
            }
            try {
                ReadResult read = ReadResult.of(IntakeOptions.DEFAULT, name, file.toByteArray());
                assertThat(read.entries()).as(name).isNotEmpty();
            } catch (UnreadableInputException e) {
                assertThat(e).hasMessageStartingWith(name);
            }
        }
    }

    /** @return the records within two lines of a damaged byte */
    private Set<Integer> damage(byte[] file, int count, int from) {
        Set<Integer> near = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(from, file.length);
            int line = 0;
            for (int j = from; j < at; j++) {
                line += file[j] == '\n' ? 1 : 0;
            }
            for (int n = -2; n <= 2; n++) {
                near.add(line + n);
            }
            if (file[at] != '\n') {
                file[at] = (byte) (random.nextBoolean() ? '"' : random.nextInt(1, 256));
            }
        }
        return near;
    }

    private List<Note> randomNotes(int count) {
        List<Note> notes = new ArrayList<>();
        while (notes.size() < count) {
            String text = text(12);
            if (!text.isBlank()) {
                String question = text(4);
                notes.add(new Note(
                        "id-" + notes.size(),
                        text,
                        "src",
                        null,
                        question.isBlank() ? null : question,
                        null,
                        null,
                        null,
                        null,
                        null));
            }
        }
        return notes;
    }

    private String text(int maxPieces) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxPieces + 1); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String csv(List<Note> notes, char delimiter) throws IOException {
        StringBuilder file = new StringBuilder();
        CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
        try (CSVPrinter printer = new CSVPrinter(file, format)) {
            printer.printRecord("id", "text", "source", "question");
            for (Note note : notes) {
                printer.printRecord(note.id(), note.text(), note.source(), note.question());
            }
        }
        return file.toString();
    }

    private static QuoteScan.End commonsCsv(String line) throws IOException {
        try {
            parse(line);
            return QuoteScan.End.COMPLETE;
        } catch (UncheckedIOException e) {
            return e.getMessage().contains("EOF reached") ? QuoteScan.End.OPEN : QuoteScan.End.BROKEN;
        }
    }

    private static List<CSVRecord> parse(String line) throws IOException {
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(line))
                .setFormat(CSVFormat.RFC4180)
                .get()) {
            return parser.getRecords();
        }
    }
}
