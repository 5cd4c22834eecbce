package io.rationale.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditEventTest {
    private static final AuditEvent REVIEWED = new AuditEvent.Reviewed(
            1, "e", "n", new TaxonomyRef("t", 3), "me", null, "other", null, null, Instant.EPOCH);

    @Test
    void shouldNameItsTypeNoteAndTaxonomy() {
        assertThat(REVIEWED.cloudEventType()).isEqualTo("io.rationale.note.reviewed.v1");
        assertThat(REVIEWED.noteId()).isEqualTo("n");
        assertThat(REVIEWED.taxonomyRef()).hasToString("t@3");
    }

    @Test
    void shouldTravelWithTheHeadersOfACloudEvent() {
        assertThat(CloudEvents.headers("e", "/console", REVIEWED.cloudEventType(), "n", REVIEWED.at()))
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", "e")
                .containsEntry("ce_source", "/console")
                .containsEntry("ce_type", "io.rationale.note.reviewed.v1")
                .containsEntry("ce_subject", "n")
                .containsEntry("ce_time", "1970-01-01T00:00:00Z")
                .containsEntry("content-type", "application/json");
    }
}
