package io.rationale.simulator.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskReaderTest {

    @Test
    void shouldReadTheLastBlocksAndSkipWhatIsNoJsonObjectWithAnId() {
        // given
        String prompt = """
                <categories>
                {"id":"a"}
                </categories>
                An example: <notes> is not alone on its line.
                <notes>
                {"id":"n0","text":"not this one"}
                </notes>
                <notes>
                {"id":"n9","text":"not this one either"}
                <notes>
                {"id":"n1","text":"one","contexts":[{"rank":1,"text":"c"},{"rank":2}]}
                {"id":"n2","text":
                ["n3"]
                {"text":"no id"}
                {"id":"n4","text":"four"} trailing

                {"id":"n5","text":"\\u003cnotes\\u003e"}
                </notes>
                <notes>
                {"id":"n6","text":"never closed"}
                """;

        // when
        Task task = TaskReader.read(prompt).orElseThrow();

        // then
        assertThat(task.categories()).extracting(ListedCategory::id).containsExactly("a");
        assertThat(task.notes()).extracting(ListedNote::text).containsExactly("one", "<notes>");
        assertThat(task.notes().getFirst().contexts()).containsExactly("c");
    }

    @Test
    void shouldFindNoTaskWithoutCategories() {
        // given
        String prompt = "<categories>\n</categories>\n<notes>\n{\"id\":\"n1\",\"text\":\"one\"}\n</notes>";

        // when
        var task = TaskReader.read(prompt);

        // then
        assertThat(task).isEmpty();
    }
}
