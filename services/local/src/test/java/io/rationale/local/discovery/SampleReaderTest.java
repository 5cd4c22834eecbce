package io.rationale.local.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.discovery.DiscoveryRequest;
import io.rationale.core.discovery.DiscoverySettings;
import io.rationale.core.discovery.NoteSample;
import io.rationale.core.discovery.SampledNote;
import io.rationale.core.intake.IntakeOptions;
import io.rationale.core.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleReaderTest {
    private final List<DeadLetter> complaints = new ArrayList<>();

    @Test
    void shouldDrawFromAllFilesAndTellWhatIsNoNote() throws Exception {
        // given
        SampleReader reader = reader(10, false);

        // when
        read(reader, "a.csv", "id,note\n1,The price is old.\n2,Link is dead.\n");
        read(reader, "b.jsonl", "{\"text\":\"Wrong unit.\"}\n{broken\n");

        // then
        NoteSample sample = reader.sample(DiscoverySettings.DEFAULT);
        assertThat(sample.population()).isEqualTo(3);
        assertThat(sample.notes())
                .extracting(note -> note.note().text())
                .containsExactlyInAnyOrder("The price is old.", "Link is dead.", "Wrong unit.");
        assertThat(complaints).hasSize(1);
    }

    @Test
    void shouldFitIntoARequest() throws Exception {
        // given
        SampleReader reader = reader(5_000, false);
        StringBuilder lines = new StringBuilder();
        Random random = new Random(5);
        for (int i = 0; i < 2_400; i++) {
            lines.append(i);
            for (int word = 0; word < 400; word++) {
                lines.append(' ').append(Long.toString(random.nextLong(1L << 40), 36));
            }
            lines.append('\n');
        }

        // when
        read(reader, "long.txt", lines.toString());

        // then
        NoteSample sample = reader.sample(DiscoverySettings.DEFAULT);
        byte[] request = Json.bytes(DiscoveryRequest.start("x", Instant.EPOCH, DiscoverySettings.DEFAULT, sample));
        assertThat(request.length).isBetween(1_000_000, DiscoveryRequest.MAX_BYTES + 100);
        assertThat(sample.notes().stream().mapToDouble(SampledNote::weight).sum())
                .isBetween(1_200.0, 4_800.0);
    }

    @Test
    void shouldEndWhenTheUserStops() throws Exception {
        // given
        SampleReader reader = reader(10, true);

        // when
        read(reader, "a.txt", "one\ntwo\n");

        // then
        assertThat(reader.notes()).isZero();
    }

    private SampleReader reader(int most, boolean stopping) {
        return new SampleReader(IntakeOptions.DEFAULT, most, 1, complaints::add, () -> stopping);
    }

    private static void read(SampleReader reader, String name, String content) throws IOException {
        try {
            reader.read(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), name, () -> {});
        } catch (io.rationale.core.intake.UnreadableInputException e) {
            throw new AssertionError(e);
        }
    }
}
