package io.rationale.core.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.note.NoteRejection.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private final Redactor redactor = Redactor.of(RedactionSettings.DEFAULT);

    @TempDir
    Path folder;

    @Test
    void shouldGiveTheSameDataTheSamePlaceholderInAllTextsOfANote() {
        // given
        Note note = new Note(
                "n1",
                "jane@example.com got the number of JOHN@example.com",
                "mail of jane@example.com",
                null,
                "Who is john@example.com?",
                "Call +49 30 1234567, or 0049 (0)30 1234567.",
                "Nobody is born on 1980-03-12 here; but 1980-03-12 is",
                List.of(new Context("c of jane@example.com", 1, null, "jane@example.com")),
                Map.of("dob", "1980-03-12", "phone", "5551234567", "version", "1.2.3"),
                "0af7651916cd43dd8448eb211c80319c");

        // when
        Note redacted = redactor.note(note);

        // then
        assertThat(redacted)
                .isEqualTo(new Note(
                        "n1",
                        "[EMAIL-1] got the number of [EMAIL-2]",
                        "mail of [EMAIL-1]",
                        null,
                        "Who is [EMAIL-2]?",
                        "Call [PHONE-1], or [PHONE-1].",
                        "Nobody is born on [BIRTH-DATE-1] here; but [BIRTH-DATE-1] is",
                        List.of(new Context("c of [EMAIL-1]", 1, null, "[EMAIL-1]")),
                        Map.of("dob", "[BIRTH-DATE-1]", "phone", "[PHONE-2]", "version", "1.2.3"),
                        "0af7651916cd43dd8448eb211c80319c",
                        Map.of("birth-date", 3, "email", 6, "phone", 3)));
        assertThat(redactor.note(redacted)).isSameAs(redacted);
    }

    @Test
    void shouldLeaveANoteWithoutPersonalDataTheSame() {
        Note note = Note.of("jane@example.com", "s", "The chunk was cut.");
        assertThat(redactor.note(note)).isSameAs(note);
    }

    @Test
    void shouldNotConfuseAPlaceholderThatTheNoteHoldsWithItsOwn() {
        assertThat(redactor.texts(
                        List.of("It said [EMAIL-1], not jane@example.com", "and [EMAIL-3]: john@example.com")))
                .containsExactly("It said [EMAIL-1], not [EMAIL-4]", "and [EMAIL-3]: [EMAIL-5]");
    }

    @Test
    void shouldAddUpWhatWasTakenOutBefore() {
        // given
        Note before = redactor.note(Note.of("n", "s", "jane@example.com asked"));
        Redactor more = Redactor.of(new RedactionSettings(Set.of(Kind.EMAIL), Map.of("patient", "P-\\d+"), Map.of()));

        // when
        Note after = more.note(new Note(
                "n", before.text() + " about P-17", "s", null, null, null, null, null, null, null, before.redacted()));

        // then
        assertThat(after.text()).isEqualTo("[EMAIL-1] asked about [PATIENT-1]");
        assertThat(after.redacted()).isEqualTo(Map.of("email", 1, "patient", 1));
    }

    @Test
    void shouldCountWhatItTakesOut() {
        // given
        Map<String, Integer> counted = new TreeMap<>();
        Redactor counting =
                Redactor.of(RedactionSettings.DEFAULT, (kind, count) -> counted.merge(kind, count, Integer::sum));

        // when
        counting.text("jane@example.com, john@example.com, +49 30 1234567");
        counting.uncounted().text("jane@example.com");

        // then
        assertThat(counted).isEqualTo(Map.of("email", 2, "phone", 1));
    }

    @Test
    void shouldTakeOutOnlyConfiguredKinds() {
        Redactor cards = Redactor.of(new RedactionSettings(Kind.setOf(List.of("card")), Map.of(), Map.of()));
        assertThat(cards.text("jane@example.com 4111 1111 1111 1111")).isEqualTo("jane@example.com [CARD-1]");
        assertThat(Kind.setOf(List.of("none"))).isEmpty();
    }

    @Test
    void shouldTakeOutWholeWordsOfAListInAnyCase() throws IOException {
        // given
        Path file = folder.resolve("staff.txt");
        Files.writeString(file, "\uFEFF# names\nMeier\nAnna-Lena Groß\n\n王小明\nMüller\n");
        Redactor words = Redactor.of(new RedactionSettings(Set.of(), Map.of(), Map.of("staff", file)));

        // when
        String redacted = words.text(
                "MEIER, Meiers and Obermeier met anna-lena GROSS, Mu\u0308ller's dog and 王小明先生; Anna  Lena\nGroß"
                        + " came; Me\u200Bier, too");

        // then
        assertThat(redacted)
                .isEqualTo("[STAFF-1], Meiers and Obermeier met [STAFF-2], [STAFF-3]'s dog and [STAFF-4]先生; [STAFF-5]"
                        + " came; [STAFF-1], too");
    }

    @Test
    void shouldTakeLongListsAtOnce() throws IOException {
        // given
        Random random = new Random(7);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            words.add(Long.toString(random.nextLong(1L << 60), 36).replaceAll("\\d", "q"));
        }
        Path file = Files.write(folder.resolve("many.txt"), words);
        Redactor many = Redactor.of(new RedactionSettings(Set.of(), Map.of(), Map.of("many", file)));

        // when
        String redacted = many.text("first " + words.get(99_999) + " then " + words.get(0));

        // then
        assertThat(redacted).isEqualTo("first [MANY-1] then [MANY-2]");
    }

    @Test
    void shouldTakeOutWhatAnExpressionMatchesWithoutEverBacktracking() {
        // given
        Redactor expressions = Redactor.of(new RedactionSettings(
                Set.of(Kind.EMAIL),
                Map.of("evil", "(a+)+b", "pat", "\\bPAT-\\d{6}\\b", "any-letter", "[x-z]+"),
                Map.of()));

        // when
        String evil = expressions.text("a".repeat(100_000) + "c");
        String redacted = expressions.text("PAT-123456 and aaab, jane@xyz.example");

        // then
        assertThat(evil).hasSize(100_001);
        assertThat(redacted).isEqualTo("[PAT-1] and [EVIL-1], [EMAIL-1]");
        assertThat(expressions.text(redacted)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(unclosed", "a*", "(?<=x)y", "(a)\\1"})
    void shouldRefuseAnExpressionThatCannotBeUsed(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Redactor.of(new RedactionSettings(Set.of(), Map.of("bad", expression), Map.of())))
                .withMessageStartingWith("rationale.redaction.expressions.bad ");
    }

    @Test
    void shouldRefuseOtherWrongSettings() throws IOException {
        Path latin = Files.write(folder.resolve("latin.txt"), "Müller".getBytes(StandardCharsets.ISO_8859_1));
        Path empty = Files.writeString(folder.resolve("empty.txt"), "\n# nothing\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kind.setOf(List.of("email", "shoe-size")))
                .withMessageContaining("shoe-size");
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.setOf(List.of("none", "email")));
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.setOf(List.of()));
        for (Path file : List.of(latin, empty, folder.resolve("missing.txt"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Redactor.of(new RedactionSettings(Set.of(), Map.of(), Map.of("list", file))))
                    .withMessageContaining("rationale.redaction.words.list")
                    .withMessageContaining(file.toString());
        }
        for (String name : List.of("email", "9lives", "with space", "none")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Redactor.of(new RedactionSettings(Set.of(), Map.of(name, "x"), Map.of())));
        }
    }

    @Test
    void shouldTakeDataOutOfBytesThatAreNoNote() {
        assertThat(redacted("{\"text\": \"broken, jane\\u0040example.com")).isEqualTo("{\"text\": \"broken, [EMAIL-1]");
        assertThat(redacted("{\"unknown\":{\"jane@example.com\":[4111111111111111,\"john\\u0040example.com\"]}}"))
                .isEqualTo("{\"unknown\":{\"[EMAIL-1]\":[\"[CARD-1]\",\"[EMAIL-2]\"]}}");
        assertThat(redacted("{\"text\":\"jane@example.com\",\"text\":\"ok\"}"))
                .isEqualTo("{\"text\":\"[EMAIL-1]\",\"text\":\"ok\"}");
        byte[] broken = "jane@example.com \u00ff".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(redactor.bytes(Bytes.of(broken)).toArray())
                .isEqualTo("[EMAIL-1] \u00ff".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(redactor.bytes(Bytes.of("x jane@example.com".getBytes(StandardCharsets.UTF_16LE)))
                        .toArray())
                .isEqualTo("x [EMAIL-1]".getBytes(StandardCharsets.UTF_16LE));
    }

    @Test
    void shouldKeepBytesWithoutPersonalDataAsTheyAre() {
        Bytes bytes = Bytes.utf8("{ \"text\" :  \"cut\" , \"n\":1e3 }");
        assertThat(redactor.bytes(bytes)).isSameAs(bytes);
    }

    @Test
    void shouldSayInADeadLetterWhatWasTakenOut() {
        // given
        DeadLetter letter = new DeadLetter(
                "jane@example.com",
                Bytes.utf8("jane@example.com,\"broken"),
                "unbalanced-quotes",
                "a quote is open",
                "labels.jane@example.com",
                new DeadLetter.Origin.File("mail of jane@example.com.csv", 3));

        // when
        DeadLetter redacted = redactor.letter(letter);

        // then
        assertThat(redacted.headers())
                .containsEntry("redacted", "email=1")
                .containsEntry("field", "[EMAIL-2]")
                .containsEntry("file", "mail of [EMAIL-1]");
        assertThat(redacted.original().lenientUtf8()).isEqualTo("[EMAIL-1],\"broken");
        assertThat(DeadLetter.of(redacted.key(), redacted.original(), redacted.headers()))
                .isEqualTo(redacted);
    }

    @Test
    void shouldRefuseANoteWhoseKeysArePersonalData() {
        NoteDecoder decoder = NoteDecoder.DEFAULT.redacting(redactor);
        assertThat(reason(decoder, "{\"id\":\"jane@example.com\",\"text\":\"cut\"}"))
                .isEqualTo(Reason.PERSONAL_DATA);
        assertThat(reason(decoder, "{\"text\":\"cut\",\"labels\":{\"jane@example.com\":\"x\"}}"))
                .isEqualTo(Reason.PERSONAL_DATA);
        assertThat(reason(decoder, "{\"id\":\"4111111111111111\",\"text\":\"cut\"}"))
                .isNull();
        assertThat(reason(decoder.takingKeys(), "{\"id\":\"jane@example.com\",\"text\":\"cut\"}"))
                .isNull();
    }

    @Test
    void shouldHoldWhatStandsInPlaceOfDataToTheSameLimits() {
        NoteDecoder decoder = new NoteDecoder(16, 4_000).redacting(redactor);
        assertThat(reason(decoder, "{\"text\":\"to a@b.de, c@d.de\"}")).isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void shouldChangeNothingWhenItIsDoneAgain() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> pieces = List.of(
                "jane@example.com",
                "born",
                " ",
                " ",
                ", ",
                "12.03.1980",
                "+49 30 1234567",
                "0171/1234567",
                "4111 1111 1111 1111",
                "DE89 3704 0044 0532 0130 00",
                "192.0.2.7",
                "::ffff:192.0.2.1",
                "[EMAIL-1]",
                "[",
                "]",
                "-",
                "@",
                "a",
                "1",
                "0",
                "\u200B",
                "\uFF11",
                "é",
                "生年月日",
                "1980年3月12日",
                "\n",
                "tel",
                ":",
                ".",
                "\uD83D\uDE00",
                "dot com",
                " at ",
                "(at)");
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }

            // when
            String once = redactor.text(text.toString());

            // then
            assertThat(redactor.text(once)).as("seed %d of '%s'", seed, text).isEqualTo(once);
        }
    }

    private String redacted(String text) {
        return redactor.bytes(Bytes.utf8(text)).lenientUtf8();
    }

    private static Reason reason(NoteDecoder decoder, String json) {
        return decoder.decode(Bytes.utf8(json), "an-id", "a-source") instanceof NoteDecoder.Result.Rejected rejected
                ? rejected.rejection().reason()
                : null;
    }
}
