package io.rationale.core.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaxonomyYamlTest {
    private static final List<String> AWKWARD = List.of(
            "no",
            "Yes",
            "null",
            "~",
            "1",
            "1.5",
            "0x1f",
            "2001-01-01",
            "- a",
            "a: b",
            "a #b",
            "#",
            "'",
            "\"",
            "\\",
            "{}",
            "[",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "%",
            "@",
            "`x`",
            "a\nb",
            "\n",
            "a\n",
            " a",
            "a ",
            "a  b",
            "\t",
            "\r\n",
            "",
            "🚌",
            "\uFEFF",
            "\u2028",
            "\u0085",
            "\u0000",
            "\u001b[0m",
            "\uD800",
            "\u202e",
            "...",
            "---",
            "key:",
            ",",
            "=");

    @Test
    void shouldReadBackTheShippedTaxonomy() {
        // given
        Taxonomy shipped = Taxonomies.ragFailures();

        // when
        String yaml = Taxonomies.write(shipped);

        // then
        assertThat(parse(yaml)).isEqualTo(shipped);
        assertThat(yaml.lines()).allMatch(line -> line.length() < 160);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldReadBackWhateverStandsInIt(long seed) {
        // given
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Taxonomy taxonomy = taxonomy(random);

            // when
            String yaml = Taxonomies.write(taxonomy, List.of(text(random)), Map.of("other", List.of(text(random))));

            // then
            assertThat(parse(yaml))
                    .as("seed %d, taxonomy %d:%n%s", seed, i, yaml)
                    .isEqualTo(taxonomy);
        }
    }

    @Test
    void shouldWriteAsPeopleDo() {
        // given
        Taxonomy taxonomy = new Taxonomy(
                "tickets",
                2,
                "Why customers write",
                Taxonomy.Status.PROPOSED,
                List.of(
                        new Category(
                                "wrong-invoice",
                                null,
                                "Wrong invoice",
                                "The invoice names a wrong amount, a wrong address or a wrong period of time, and the"
                                        + " customer asks for another one.",
                                "A payment that failed is `payment`.",
                                List.of("it is over \"90\" euros"),
                                null,
                                "#8c3b00"),
                        new Category("no-error", null, null, "Nothing is wrong.", null, null, null, null),
                        new Category("other", null, null, "Anything else.", null, null, null, null)),
                Map.of("invoice", "wrong-invoice"));

        // when
        String yaml = Taxonomies.write(
                taxonomy, List.of("Found in 500 notes."), Map.of("wrong-invoice", List.of("Found by 3 of 3 runs.")));

        // then
        assertThat(yaml).isEqualTo("""
                # Found in 500 notes.
                id: tickets
                version: 2
                title: Why customers write
                status: proposed
                categories:

                  # Found by 3 of 3 runs.
                  - id: wrong-invoice
                    name: Wrong invoice
                    definition: >-
                      The invoice names a wrong amount, a wrong address or a wrong period of time, and the customer
                      asks for another one.
                    notThis: "A payment that failed is `payment`."
                    examples:
                      - "it is over \\"90\\" euros"
                    colour: "#8c3b00"

                  - id: no-error
                    definition: Nothing is wrong.

                  - id: other
                    definition: Anything else.

                # Categories of the version before and what they are in this one.
                crosswalk:
                  invoice: wrong-invoice
                """);
    }

    private static Taxonomy taxonomy(Random random) {
        List<Category> categories = new ArrayList<>();
        for (String id : List.of("no-error", "other", "a-1", "2b")) {
            categories.add(new Category(
                    id,
                    id.equals("2b") ? "a-1" : null,
                    random.nextBoolean() ? null : text(random),
                    text(random) + "d",
                    random.nextBoolean() ? null : text(random),
                    random.nextBoolean() ? null : List.of(text(random), text(random)),
                    random.nextBoolean() ? null : text(random),
                    random.nextBoolean() ? null : text(random)));
        }
        Map<String, String> crosswalk = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            crosswalk.put(text(random), text(random));
        }
        return new Taxonomy(
                "t",
                1 + random.nextInt(9),
                text(random),
                null,
                categories,
                crosswalk,
                random.nextBoolean() ? null : new TaxonomyRef(text(random), 3),
                random.nextBoolean()
                        ? null
                        : new Taxonomy.Activation(text(random), Instant.ofEpochMilli(random.nextLong(1L << 42))));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int words = random.nextInt(random.nextInt(4) == 0 ? 60 : 3);
        for (int i = 0; i <= words; i++) {
            text.append(random.nextInt(3) == 0 ? AWKWARD.get(random.nextInt(AWKWARD.size())) : "word");
            text.append(i < words ? " " : "");
        }
        return text.toString();
    }

    private static Taxonomy parse(String yaml) {
        return Taxonomies.parse(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
