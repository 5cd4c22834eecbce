package io.rationale.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvIntakeTest {
    @Test
    void shouldReadEveryKnownColumnAndMakeLabelsOfTheRest() throws Exception {
        ReadResult read = ReadResult.of("dir/notes.csv", """
                id,Text,observed_at,question,answer,expected,contexts,trace_id,product,empty
                n1,"wrong, dose",2026-09-28T07:14:00+02:00,Q?,A.,E.,"[{""id"":""d1"",""rank"":1,""text"":""p""},""q""]",t1,clinic,
                """);

        assertThat(read.rejected()).isEmpty();
        Note note = read.notes().getFirst();
        assertThat(note.id()).isEqualTo("n1");
        assertThat(note.text()).isEqualTo("wrong, dose");
        assertThat(note.source()).isEqualTo("notes.csv");
        assertThat(note.observedAt()).isEqualTo(Instant.parse("2026-09-28T05:14:00Z"));
        assertThat(List.of(note.question(), note.answer(), note.expected(), note.traceId()))
                .containsExactly("Q?", "A.", "E.", "t1");
        assertThat(note.contexts())
                .containsExactly(new Context("d1", 1, null, "p"), new Context(null, null, null, "q"));
        assertThat(note.labels()).containsOnlyKeys("product").containsEntry("product", "clinic");
        assertThat(read.accepted().getFirst().idGiven()).isTrue();
        assertThat(read.accepted().getFirst().line()).isEqualTo(2);
    }

    @Test
    void shouldTakeContextsThatAreNoJsonAsOneContext() throws Exception {
        ReadResult read = ReadResult.of("n.csv", "text,contexts\na,[1] Handbook\n");

        assertThat(read.notes().getFirst().contexts()).containsExactly(new Context(null, null, null, "[1] Handbook"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "Notes", " COMMENT ", "feedback", "body", "\"description\""})
    void shouldFindTheTextColumn(String name) throws Exception {
        assertThat(ReadResult.of("n.csv", "x," + name + "\n1,hello\n").texts()).containsExactly("hello");
    }

    @Test
    void shouldPreferTheBetterTextColumnAndKeepTheOtherAsLabel() throws Exception {
        Note note = ReadResult.of("n.csv", "comment,text\nc,t\n").notes().getFirst();

        assertThat(note.text()).isEqualTo("t");
        assertThat(note.labels()).containsEntry("comment", "c");
    }

    @Test
    void shouldTakeTheOnlyColumnAsText() throws Exception {
        assertThat(ReadResult.of("n.csv", "fault\nslow\n").texts()).containsExactly("slow");
    }

    @Test
    void shouldTakeTheColumnsThatWereAskedFor() throws Exception {
        ReadResult read = ReadResult.of(
                ReadResult.options("Fault", "nr", "team-a"), "n.csv", "nr,fault,text,id\n7,slow,other,x\n");

        Note note = read.notes().getFirst();
        assertThat(note.id()).isEqualTo("7");
        assertThat(note.text()).isEqualTo("slow");
        assertThat(note.source()).isEqualTo("team-a");
        assertThat(note.labels()).containsEntry("text", "other").containsEntry("id", "x");
    }

    @Test
    void shouldNameTheColumnsWhenNoneHoldsTheText() {
        assertThatThrownBy(() -> ReadResult.of("notes.csv", "a,b,c\n1,2,3\n"))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessage("notes.csv: no column 'text'; the columns are: a, b, c."
                        + " Name the one that holds the note with --text-column.");
        assertThatThrownBy(() -> ReadResult.of(ReadResult.options(null, "nr", null), "notes.csv", "a,text\n1,2\n"))
                .hasMessageContaining("no column 'nr'; the columns are: a, text.")
                .hasMessageContaining("--id-column");
    }

    @Test
    void shouldRefuseAColumnThatMattersTwiceAndNumberOthers() throws Exception {
        assertThatThrownBy(() -> ReadResult.of("n.csv", "text,Text\na,b\n")).hasMessageContaining("twice");

        Note note = ReadResult.of("n.csv", "text,x,x,\na,1,2,3\n").notes().getFirst();
        assertThat(note.labels())
                .containsEntry("x", "1")
                .containsEntry("x_2", "2")
                .containsEntry("column_4", "3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-02T03:04:05Z|2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05+02:00|2026-01-02T01:04:05Z",
                "2026-01-02T03:04|2026-01-02T03:04:00Z",
                "2026-01-02 03:04:05|2026-01-02T03:04:05Z",
                "2026-01-02|2026-01-02T00:00:00Z"
            })
    void shouldReadTimes(String given, Instant expected) throws Exception {
        assertThat(ReadResult.of("n.csv", "text,date\na," + given + "\n")
                        .notes()
                        .getFirst()
                        .observedAt())
                .isEqualTo(expected);
    }

    @Test
    void shouldRejectAWrongObservedAtAndKeepAWrongDateAsLabel() throws Exception {
        DeadLetter deadLetter =
                ReadResult.of("n.csv", "id,text,observedAt\nx,a,yesterday\n").deadLetter();
        assertThat(deadLetter.reason()).isEqualTo("not-a-note");
        assertThat(deadLetter.field()).isEqualTo("observedAt");
        assertThat(deadLetter.key()).isEqualTo("x");

        Note note = ReadResult.of("n.csv", "text,date\na,yesterday\n").notes().getFirst();
        assertThat(note.observedAt()).isNull();
        assertThat(note.labels()).containsEntry("date", "yesterday");
    }

    @Test
    void shouldReadSemicolonsTabsAndExcelsSeparatorLine() throws Exception {
        assertThat(ReadResult.of("n.csv", "id;text\r\n1;a, b\r\n").texts()).containsExactly("a, b");
        assertThat(ReadResult.of("n.tsv", "id\ttext\n1\ta, \"b\n").texts()).containsExactly("a, \"b");
        assertThat(ReadResult.of("n.csv", "sep=;\r\nid;text\r\n1;a\r\n").texts())
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void shouldReadTextsOverSeveralLinesWithAnyLineEnd(String eol) throws Exception {
        ReadResult read = ReadResult.of(
                "n.csv", String.join(eol, "id,text", "1,\"a", "", "b \"\"q\"\", c\"", "", "  ", "2,d", ""));

        assertThat(read.texts()).containsExactly("a" + eol + eol + "b \"q\", c", "d");
        assertThat(read.accepted()).extracting(IntakeEntry.Accepted::line).containsExactly(2L, 7L);
        assertThat(read.accepted().getFirst().original().lenientUtf8())
                .isEqualTo("1,\"a" + eol + eol + "b \"\"q\"\", c\"");
    }

    @Test
    void shouldLoseOnlyTheLineWithAnOpenQuote() throws Exception {
        ReadResult read = ReadResult.of("n.csv", "id,text\n1,a\n2,\"open\n3,\"c, c\"\n4,d\n5,\"e\ne\"\n6,f\n");

        assertThat(read.texts()).containsExactly("a", "c, c", "d", "e\ne", "f");
        DeadLetter deadLetter = read.deadLetter();
        assertThat(deadLetter.reason()).isEqualTo("unbalanced-quotes");
        assertThat(deadLetter.field()).isEqualTo("text");
        assertThat(deadLetter.original().lenientUtf8()).isEqualTo("2,\"open");
        assertThat(ReadResult.lineOf(deadLetter)).isEqualTo(3);
        assertThat(deadLetter.cause()).contains("field 'text'").doesNotContain("open");
    }

    @Test
    void shouldLoseOnlyTheLineWhoseQuoteIsOpenToTheEndOrSwallowsARecord() throws Exception {
        ReadResult toTheEnd = ReadResult.of("n.csv", "id,text\n1,\"open\n2,b\n3,c\n");
        ReadResult swallowing = ReadResult.of("n.csv", "id,text\n1,\"open\n2,\"\n3,c\n");
        ReadResult brokenWithin = ReadResult.of("n.csv", "id,text\n1,\"a\" b\n2,c\n");

        assertThat(toTheEnd.texts()).containsExactly("b", "c");
        assertThat(toTheEnd.reasons()).containsExactly("unbalanced-quotes");
        assertThat(swallowing.notes()).extracting(Note::text).contains("c");
        assertThat(brokenWithin.texts()).containsExactly("c");
        assertThat(brokenWithin.reasons()).containsExactly("unbalanced-quotes");
    }

    @Test
    void shouldRejectASeveralLineRecordThatDoesNotFitTheHeader() throws Exception {
        ReadResult read = ReadResult.of("n.csv", "id,text\n1,\"a\nb\",c\n2,d\n");

        assertThat(read.texts()).containsExactly("d");
        assertThat(read.reasons()).containsExactly("unbalanced-quotes", "unbalanced-quotes");
    }

    @Test
    void shouldRejectMoreValuesThanColumnsAndAcceptFewer() throws Exception {
        ReadResult read = ReadResult.of("n.csv", "text,a,b\nx,1,2,3,4\ny\n,1\n");

        assertThat(read.texts()).containsExactly("y");
        assertThat(read.reasons()).containsExactly("wrong-columns", "blank-text");
        assertThat(read.rejected().getFirst().cause())
                .isEqualTo("5 values where the header names 3: quote texts that hold commas");
    }

    @Test
    void shouldRejectABadByteWithItsPlaceAndGoOn() throws Exception {
        byte[] file = "id,text\n1,gr\u00fcn\n2,\"a\n\u00e4\"\n3,ok\n".getBytes(StandardCharsets.ISO_8859_1);

        ReadResult read = ReadResult.of(IntakeOptions.DEFAULT, "n.csv", file);

        assertThat(read.texts()).containsExactly("ok");
        assertThat(read.reasons()).containsExactly("wrong-encoding", "wrong-encoding");
        assertThat(read.rejected().getFirst().cause())
                .isEqualTo("byte 0xFC at offset 12 of the file (from 0) is not valid UTF-8: save the file as UTF-8");
        assertThat(read.rejected().getLast().cause()).contains("0xE4").contains("offset 20");
        assertThat(read.rejected().getLast().original().toArray())
                .isEqualTo("2,\"a\n\u00e4\"".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldDeriveTheSameIdsAgain() throws Exception {
        String file = "id,text\n,a\n,a\n5,a\n,b\n,\n,\n";
        ReadResult once = ReadResult.of("n.csv", file);
        ReadResult again = ReadResult.of("n.csv", file);
        ReadResult below = ReadResult.of("n.csv", file.replace("text\n", "text\n9,new\n"));

        assertThat(again).isEqualTo(once);
        assertThat(once.notes()).extracting(Note::id).doesNotHaveDuplicates().contains("5");
        assertThat(below.notes()).containsAll(once.notes());
        assertThat(once.rejected())
                .extracting(DeadLetter::key)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith("reject-"));
    }

    @Test
    void shouldIgnoreIdsWhenAskedTo() throws Exception {
        ReadResult read = ReadResult.of(ReadResult.options(null, "", null), "n.csv", "id,text\n7,a\n");

        assertThat(read.accepted().getFirst().idGiven()).isFalse();
        assertThat(read.notes().getFirst().id()).isNotEqualTo("7");
        assertThat(read.notes().getFirst().labels()).isEmpty();
    }
}
