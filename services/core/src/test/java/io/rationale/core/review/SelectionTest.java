package io.rationale.core.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final AuditEvent.Reviewed DRAWN = new AuditEvent.Reviewed(
            1,
            "e",
            "n",
            new TaxonomyRef("t", 1),
            "Ada",
            "other",
            "other",
            null,
            Selection.RANDOM,
            Instant.parse("2026-11-22T12:00:00Z"));

    @Test
    void shouldTravelWithTheReview() {
        String json = Json.line(DRAWN);

        assertThat(json).contains("\"selection\":\"random\"");
        assertThat(Json.read(json.getBytes(StandardCharsets.UTF_8), AuditEvent.class))
                .isEqualTo(DRAWN);
    }

    @Test
    void shouldNotCostAReviewOfALaterVersionItsEffect() {
        byte[] later = Json.line(DRAWN).replace("random", "active-learning").getBytes(StandardCharsets.UTF_8);

        AuditEvent read = Json.read(later, AuditEvent.class);

        assertThat(read).isInstanceOfSatisfying(AuditEvent.Reviewed.class, review -> {
            assertThat(review.selection()).isNull();
            assertThat(review.newCategory()).isEqualTo("other");
        });
    }
}
