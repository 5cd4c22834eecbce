package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.json.Json;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyIT {
    private static final int NOTES = 400;

    @TempDir
    Path folder;

    @Test
    void shouldJudgeEveryNoteOnceAndReportItAgainWithoutR1() throws IOException {
        // given
        List<String> texts = new RandomNotes(new Random().nextLong()).texts(NOTES);
        RandomNotes.write(folder.resolve("notes.csv"), texts);
        Reported first = new Reported(folder.resolve("first"));
        Reported second = new Reported(folder.resolve("second"));
        RationaleProcess.Result shown;

        // when
        try (R1Simulator r1 = R1Simulator.start(SimulatorOptions.DEFAULT.withSpeedUp(1e6))) {
            shown = classify(r1, first).exitsWith(0);
            assertThat(r1.stats().notes()).isEqualTo(NOTES);
            assertThat(classify(r1, second).exitsWith(0).out()).isEqualTo(shown.out());
            assertThat(r1.stats().notes()).isEqualTo(NOTES);
        }

        // then
        assertThat(shown.out()).contains(NOTES + " notes decided, none undecided.");
        assertThat(first.auditedTexts()).containsExactlyInAnyOrderElementsOf(texts);
        assertThat(first.categories()).hasSize(NOTES);
        assertThat(first.deadLetters()).isEmpty();
        first.assertConsistent();
        assertThat(first.text("report.html")).contains("&lt;script&gt;");
        for (String file : List.of("statistics.json", "audit.jsonl", "report.md", "dead-letters.jsonl")) {
            assertThat(folder.resolve("second").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("first").resolve(file));
        }
        assertReports(first);
    }

    /** All of them without any R1. */
    private void assertReports(Reported first) throws IOException {
        assertThat(report("md")).isEqualTo(first.text("report.md"));
        assertThat(Json.tree(report("json").getBytes(StandardCharsets.UTF_8))).isEqualTo(first.statistics());
        assertThat(report("html")).contains("<table").doesNotContain("<script", "<img");
        List<CSVRecord> rows = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(report("csv")))
                .getRecords();
        assertThat(rows.stream()
                        .mapToInt(row -> Integer.parseInt(row.get("count")))
                        .sum())
                .isEqualTo(NOTES);
        assertThat(rows).allSatisfy(row -> assertThat(row.values()).noneMatch(cell -> cell.matches("[=+@-](?s).*")));
    }

    private String report(String format) {
        RationaleProcess.Result report = RationaleProcess.run(folder, "report", "--data", "data", "--format", format)
                .exitsWith(0);
        assertThat(report.err()).isEmpty();
        return report.out();
    }

    private RationaleProcess.Result classify(R1Simulator r1, Reported out) {
        return RationaleProcess.run(
                folder,
                "classify",
                "notes.csv",
                "--data",
                "data",
                "--r1",
                r1.baseUrl(),
                "--out",
                out.folder().toString());
    }
}
