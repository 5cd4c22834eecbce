package io.rationale.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MergeAnswersTest {
    private static final List<PatternGroup> GROUPS =
            List.of(group("old price", "a", "b"), group("outdated price", "c"), group("dead link", "d"));

    @Test
    void shouldMergeWhatIsTheSame() {
        // when
        List<PatternGroup> merged = read("""
                {"categories":[{"name":"Old prices","definition":"All old.","members":["c1","C2"]},
                 {"name":"Dead links","definition":"All dead.","members":["c3"]}]}""");

        // then
        assertThat(merged).extracting(PatternGroup::name).containsExactly("Old prices", "Dead links");
        assertThat(merged.getFirst().members()).containsExactly("a", "b", "c");
        assertThat(merged.getFirst().remedy()).isEqualTo("Mend old price.");
    }

    @Test
    void shouldLoseNothingAndInventNothing() {
        // when
        List<PatternGroup> merged = read("""
                {"categories":[{"name":"Old","definition":"x","members":["c1","c7","c1",null]},
                 {"name":"Again","definition":"x","members":["c1"]},
                 {"name":"","definition":"x","members":["c2"]}]}""");

        // then
        assertThat(merged).extracting(PatternGroup::name).containsExactly("Old", "outdated price", "dead link");
    }

    @Test
    void shouldNotTakeAnotherObjectForAnAnswer() {
        assertThat(MergeAnswers.read("{\"patterns\":[]}", GROUPS)).isEmpty();
        assertThat(MergeAnswers.read("{\"categories\":[]}", GROUPS)).isEmpty();
        assertThat(MergeAnswers.read(
                        "{\"categories\":[{\"name\":\"<a few words>\",\"members\":[\"c1\",\"c2\"]}]}", GROUPS))
                .isEmpty();
    }

    @Test
    void shouldJoinGroupsOfTheSameNotes() {
        // given
        PatternGroup one = group("old price", "a", "b", "c", "d");
        PatternGroup same = group("stale list", "b", "c", "d", "e");
        PatternGroup other = group("dead link", "d", "e", "f", "g");

        // when
        List<PatternGroup> joined = Overlap.joined(List.of(one, other, same));

        // then
        assertThat(joined).extracting(PatternGroup::name).containsExactly("stale list", "dead link");
        assertThat(joined.getFirst().members()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    private static List<PatternGroup> read(String answer) {
        return MergeAnswers.read(answer, GROUPS).orElseThrow();
    }

    private static PatternGroup group(String name, String... notes) {
        return PatternGroup.of(new Pattern(
                0,
                name,
                "All of " + name + ".",
                null,
                "Mend " + name + ".",
                List.of(new Example(notes[0], "text", "quote", 0, 5)),
                List.of(notes)));
    }
}
