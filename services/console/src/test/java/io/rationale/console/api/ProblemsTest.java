package io.rationale.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.console.statistics.StoresUnavailableException;
import io.rationale.core.json.Json;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private final Problems problems = new Problems();

    private static JsonNode json(Response answer) {
        assertThat(answer.getMediaType()).hasToString(Problem.MEDIA_TYPE);
        JsonNode json = Json.tree((byte[]) answer.getEntity());
        assertThat(json.path("status").asInt()).isEqualTo(answer.getStatus());
        assertThat(json.path("type").asText()).isEqualTo("about:blank");
        return json;
    }

    @Test
    void shouldTellNothingOfABug() {
        // when
        JsonNode json = json(problems.failed(new IllegalStateException("secret /etc/passwd")));

        // then
        assertThat(json.path("status").asInt()).isEqualTo(500);
        assertThat(json.toString()).doesNotContain("secret", "IllegalState");
    }

    @Test
    void shouldKeepStatusAndHeadersOfTheFramework() {
        assertThat(json(problems.refused(new NotSupportedException()))
                        .path("title")
                        .asText())
                .isEqualTo("Unsupported Media Type");
        Response notAllowed = problems.refused(new NotAllowedException("GET"));
        assertThat(json(notAllowed).path("status").asInt()).isEqualTo(405);
        assertThat(notAllowed.getHeaderString("Allow")).contains("GET");
    }

    @Test
    void shouldTellNothingOfWhatTheFrameworkSays() {
        // when
        JsonNode json = json(problems.refused(new WebApplicationException("at io.internal.Thing", 400)));

        // then
        assertThat(json.toString()).doesNotContain("Thing");
    }

    @Test
    void shouldSayWhenToTryAgain() {
        assertThat(problems.unavailable(new StoresUnavailableException("Soon.")).getHeaderString("Retry-After"))
                .isEqualTo("1");
        Response busy = problems.refused(ProblemException.of(429, "Less.").retryAfter(5));
        assertThat(busy.getHeaderString("Retry-After")).isEqualTo("5");
        assertThat(json(problems.refused(ProblemException.notFound("No.")))
                        .path("detail")
                        .asText())
                .isEqualTo("No.");
    }

    @Test
    void shouldCarryFurtherMembers() {
        assertThat(json(problems.refused(ProblemException.of(422, "No.").with("accepted", 3L)))
                        .path("accepted")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void shouldTakeUnreadableJsonForTheSendersFault() {
        assertThat(json(problems.unreadable(new JsonParseException(null, "line 1 of secret")))
                        .toString())
                .contains("400")
                .doesNotContain("secret");
    }

    @Test
    void shouldHaveASentenceForEveryStatus() {
        assertThat(IntStream.of(400, 404, 405, 406, 413, 414, 415, 431, 500, 501)
                        .mapToObj(Problems::detail))
                .allSatisfy(detail -> assertThat(detail).endsWith("."));
    }
}
