package io.rationale.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.alert.Alert;
import io.rationale.core.alert.Suggestion;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
    private static final Instant NOW = Instant.parse("2026-10-12T08:00:00Z");
    static final Alert ALERT = new Alert(
            1,
            "a-1",
            Alert.State.RAISED,
            "chunks",
            "share of chunking above 20 % over 1 h",
            "chunking",
            NOW,
            NOW,
            "Chunking & <!channel>: 22.0 % of 50 notes.",
            new TaxonomyRef("t", 1));

    private final HttpClient http = HttpClient.newHttpClient();
    private Receiver receiver;

    @BeforeEach
    void open() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        receiver.close();
        http.close();
    }

    private Webhook webhook(WebhookFormat format) {
        return new Webhook("ops", receiver.url(), format, Optional.of("s3cret"));
    }

    @Test
    void shouldPostTheAlertItself() throws Exception {
        // when
        Webhook.Result result = webhook(WebhookFormat.JSON).post(http, ALERT);

        // then
        assertThat(result).isEqualTo(new Webhook.Result.Taken());
        assertThat(receiver.got).singleElement().satisfies(got -> {
            assertThat(got.authorization()).isEqualTo("Bearer s3cret");
            assertThat(got.contentType()).isEqualTo("application/json");
            assertThat(Json.read(got.body().getBytes(StandardCharsets.UTF_8), Alert.class))
                    .isEqualTo(ALERT);
        });
    }

    @Test
    void shouldPostATextThatNobodyCanForgeMentionsIn() throws Exception {
        // when
        webhook(WebhookFormat.SLACK).post(http, ALERT);

        // then
        assertThat(Json.tree(receiver.got.getFirst().body().getBytes(StandardCharsets.UTF_8))
                        .path("text")
                        .textValue())
                .contains("*chunks* raised")
                .contains("Chunking &amp; &lt;!channel&gt;: 22.0 %");
    }

    @Test
    void shouldSayWhatCouldBeDone() throws Exception {
        // given
        Instant to = ALERT.at();
        Alert raised = new Alert(
                1,
                "a2",
                Alert.State.RAISED,
                "low-agreement",
                "low agreement rises significantly against the day before",
                null,
                to,
                to,
                "It rose.",
                null,
                new Suggestion(
                        new Suggestion.Discovery(to.minusSeconds(86_400), to, List.of(), List.of(), "t@1", 0.6)));

        // when
        webhook(WebhookFormat.SLACK).post(http, raised);
        webhook(WebhookFormat.SLACK).post(http, raised.cleared(to, "It is over."));

        // then
        assertThat(receiver.got.getFirst().body())
                .contains("Find patterns in the notes with little agreement from " + to.minusSeconds(86_400));
        assertThat(receiver.got.getLast().body()).doesNotContain("Find patterns");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void shouldTryAgainWhatMayPass(int status) throws Exception {
        receiver.answers.add(status);
        assertThat(webhook(WebhookFormat.JSON).post(http, ALERT)).isInstanceOf(Webhook.Result.Again.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 403, 404, 410})
    void shouldNotTryAgainWhatIsRefused(int status) throws Exception {
        receiver.answers.add(status);
        assertThat(webhook(WebhookFormat.JSON).post(http, ALERT)).isInstanceOf(Webhook.Result.Refused.class);
    }

    @Test
    void shouldTryAgainWhereNobodyListensAndKeepTheAddressSecret() throws Exception {
        // given
        Webhook webhook = webhook(WebhookFormat.JSON);
        receiver.close();

        // when
        Webhook.Result result = webhook.post(http, ALERT);

        // then
        assertThat(result).isInstanceOf(Webhook.Result.Again.class);
        assertThat(result + " " + webhook).doesNotContain("secret", "s3cret", "services");
    }
}
