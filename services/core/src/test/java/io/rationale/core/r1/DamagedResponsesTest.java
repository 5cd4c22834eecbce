package io.rationale.core.r1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.rationale.core.json.Bytes;
import io.rationale.core.note.Note;
import io.rationale.core.r1.ModelOutcome.Timer;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.verdict.AnswerReader;
import io.rationale.core.verdict.AnswerReader.Judgement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Valid responses of every server, damaged at random and read to the end. {@code -Drationale.responses=} sets how many,
 * {@code -Drationale.seed=} repeats a run by the seed that it printed.
 */
class DamagedResponsesTest {
    private static final int RESPONSES = Integer.getInteger("rationale.responses", 200_000);

    private final Taxonomy taxonomy = Taxonomies.ragFailures();
    private final List<String> labels = List.copyOf(taxonomy.labels().keySet());
    private final AnswerReader reader = new AnswerReader(taxonomy);

    /** A response as a server would send it, and how many notes it was asked about. */
    private record Response(byte[] bytes, boolean streamed, int notes, boolean cut) {}

    @Test
    void shouldNeverThrowNorHangNorLeaveTheContract() {
        // given
        long seed = Long.getLong("rationale.seed", ThreadLocalRandom.current().nextLong());
        System.out.println("DamagedResponsesTest seed " + seed + ", " + RESPONSES + " responses");
        Random random = new Random(seed);
        List<Response> valid = valid(random);
        Damage damage = new Damage(random, valid.stream().map(Response::bytes).toList());
        Map<String, Integer> outcomes = new HashMap<>();

        // when
        assertTimeoutPreemptively(Duration.ofSeconds(60 + RESPONSES / 1_000), () -> {
            for (int i = 0; i < RESPONSES; i++) {
                Response response =
                        i % 6 == 0 ? damagedInside(damage, random) : valid.get(random.nextInt(valid.size()));
                byte[] damaged = i % 6 == 0 ? response.bytes() : damage.damaged(response.bytes());
                try {
                    outcomes.merge(verify(response, damaged, random), 1, Integer::sum);
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError(
                            "seed %s, response %s: %s".formatted(seed, i, new String(damaged, StandardCharsets.UTF_8)),
                            e);
                }
            }
        });

        // then
        System.out.println("DamagedResponsesTest outcomes " + outcomes);
        assertThat(outcomes).containsKeys("complete", "malformed", "unreachable", "truncated-in-answer", "loop");
        assertThat(outcomes.get("complete")).isGreaterThan(RESPONSES / 10);
    }

    @Test
    void shouldReadEveryResponseThatIsNotDamaged() {
        // given
        Random random = new Random(1);

        for (Response response : valid(random)) {
            // when
            ModelOutcome outcome = read(response, response.bytes(), random).outcome();

            // then
            long judged = reader.read(outcome, notes(response.notes())).stream()
                    .flatMap(Optional::stream)
                    .count();
            assertThat(judged).as(outcome.toString()).isEqualTo(response.cut() ? 0 : response.notes());
        }
    }

    private String verify(Response response, byte[] damaged, Random random) {
        ChatCompletion completion = read(response, damaged, random);
        ModelOutcome outcome = completion.outcome();
        assertThat(outcome.reasoning()).isNotNull();
        assertThat(outcome.content()).isNotNull();
        assertThat(completion.usage().total()).isBetween(0.0, 1e10);
        List<Optional<Judgement>> judgements = reader.read(outcome, notes(response.notes()));
        assertThat(judgements).hasSize(response.notes());
        if (response.cut() && damaged == response.bytes()) {
            assertThat(judgements).allMatch(Optional::isEmpty);
        }
        for (Optional<Judgement> judgement : judgements) {
            judgement.ifPresent(read -> verify(outcome, read));
        }
        return outcome.name();
    }

    private void verify(ModelOutcome outcome, Judgement judgement) {
        assertThat(outcome)
                .isInstanceOfAny(
                        ModelOutcome.Complete.class,
                        ModelOutcome.EmptyThought.class,
                        ModelOutcome.StoppedInThought.class);
        assertThat(labels).contains(judgement.answer().category());
        if (judgement.answer().secondary() != null) {
            assertThat(labels).contains(judgement.answer().secondary());
        }
        assertThat(outcome.reasoning()).contains(judgement.reasoning().text());
    }

    private static ChatCompletion read(Response response, byte[] bytes, Random random) {
        if (!response.streamed() && random.nextBoolean()) {
            return ChatCompletion.parse(Bytes.of(bytes));
        }
        CompletionStream stream = new CompletionStream(random.nextInt(3) == 0 ? new LoopGuard() : LoopGuard.off());
        int longest = random.nextInt(4) == 0 ? 7 : 1 + bytes.length;
        for (int at = 0; at < bytes.length && !stream.ended() && !stream.looping(); ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(longest));
            stream.feed(bytes, at, length);
            at += length;
        }
        return switch (random.nextInt(4)) {
            case 0 -> stream.brokenOff("reset");
            case 1 -> stream.timedOut(Timer.IDLE);
            default -> stream.end();
        };
    }

    private List<Response> valid(Random random) {
        List<Response> valid = new ArrayList<>();
        for (Server server : Server.ALL) {
            for (String finish : List.of("stop", "stop", "length")) {
                int notes = batch(random);
                String thought = thought(notes, random);
                String answer = answer(notes, random);
                boolean cut = finish.equals("length");
                byte[] body = server.body(thought, answer, finish).getBytes(StandardCharsets.UTF_8);
                byte[] stream = server.stream(thought, answer, finish, random).getBytes(StandardCharsets.UTF_8);
                valid.add(new Response(body, false, notes, cut));
                valid.add(new Response(stream, true, notes, cut));
            }
        }
        return valid;
    }

    /** What the model wrote is damaged, and the server is sound. */
    private Response damagedInside(Damage damage, Random random) {
        Server server = Server.ALL.get(random.nextInt(Server.ALL.size()));
        int notes = batch(random);
        String thought = random.nextBoolean() ? thought(notes, random) : damage.damaged(thought(notes, random));
        String answer = damage.damaged(answer(notes, random));
        boolean cut = random.nextInt(4) == 0;
        boolean streamed = random.nextBoolean();
        String finish = cut ? "length" : "stop";
        String text = streamed ? server.stream(thought, answer, finish, random) : server.body(thought, answer, finish);
        return new Response(text.getBytes(StandardCharsets.UTF_8), streamed, notes, cut);
    }

    /** One to eight notes; small batches are read faster. */
    private static int batch(Random random) {
        return 1 + random.nextInt(1 + random.nextInt(8));
    }

    private String thought(int notes, Random random) {
        return IntStream.rangeClosed(1, notes)
                .mapToObj(i -> "Note n%d: \"it fails 😀\" — 失败, so %s.\n".formatted(i, label(random)))
                .collect(Collectors.joining("", "\n", "So {\"verdicts\":[…]}.\n"));
    }

    private String answer(int notes, Random random) {
        return IntStream.rangeClosed(1, notes)
                .mapToObj(i ->
                        ("{\"id\":\"n%d\",\"category\":\"%s\",\"secondary\":null,\"evidence\":[\"note %d fails 😀\"],"
                                        + "\"rationale\":\"It's so.\",\"confidence\":\"high\"}")
                                .formatted(i, label(random), i))
                .collect(Collectors.joining(",\n", "\n\n```json\n{\"verdicts\":[\n", "\n]}\n```"));
    }

    private String label(Random random) {
        return labels.get(random.nextInt(labels.size()));
    }

    private static List<Note> notes(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Note.of("id" + i, "s", "The note " + i + " fails 😀 always."))
                .toList();
    }
}
