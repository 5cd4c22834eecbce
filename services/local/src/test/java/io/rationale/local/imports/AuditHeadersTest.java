package io.rationale.local.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.audit.CloudEvents;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.local.imports.KnownNotes.State;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class AuditHeadersTest {
    private static final TaxonomyRef CURRENT = new TaxonomyRef("rag", 2);
    private static final String POSITION = "rationale.notes-1@42";

    @Test
    void shouldTellAVerdict() {
        assertThat(AuditHeaders.of(event("io.rationale.note.classified.v1", "rag@2"), CURRENT))
                .contains(new AuditHeaders("größe/1", POSITION, State.CLASSIFIED));
    }

    @Test
    void shouldTellANoteThatWasGivenUp() {
        assertThat(AuditHeaders.of(event("io.rationale.note.unclassifiable.v1", "rag@2"), CURRENT))
                .contains(new AuditHeaders("größe/1", POSITION, State.UNCLASSIFIABLE));
    }

    @Test
    void shouldTellADecisionUnderAnotherTaxonomy() {
        assertThat(AuditHeaders.of(event("io.rationale.note.classified.v1", "rag@1"), CURRENT))
                .map(AuditHeaders::state)
                .contains(State.DECIDED_BEFORE);
        assertThat(AuditHeaders.of(event("io.rationale.note.unclassifiable.v1", "rag@20"), CURRENT))
                .map(AuditHeaders::state)
                .contains(State.DECIDED_BEFORE);
    }

    @Test
    void shouldSkipReviewsAndWhatHasNoHeaders() {
        assertThat(AuditHeaders.of(event("io.rationale.note.reviewed.v1", "rag@2"), CURRENT))
                .isEmpty();
        assertThat(AuditHeaders.of(new ConsumerRecord<>("audit", 0, 0, bytes("n"), bytes("{}")), CURRENT))
                .isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> event(String type, String taxonomy) {
        ConsumerRecord<byte[], byte[]> event =
                new ConsumerRecord<>("audit", 0, 0, bytes("größe/1"), bytes("never read"));
        event.headers().add("ce_type", bytes(type));
        event.headers().add("ce_id", bytes(POSITION + "/classified"));
        event.headers().add(CloudEvents.TAXONOMY, bytes(taxonomy));
        return event;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
