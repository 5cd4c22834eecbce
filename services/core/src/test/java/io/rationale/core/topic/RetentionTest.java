package io.rationale.core.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionTest {
    @Test
    void shouldSetWhatWasAskedForAndShortenSegmentsWithIt() {
        // given
        Retention retention = Retention.of(Map.of("audit", "90d", "notes", "1h", "exchanges", "forever"));

        // when
        Map<String, Map<String, String>> changes = retention.changes(new Topics("p."));

        // then
        assertThat(changes)
                .containsOnlyKeys("p.audit", "p.notes", "p.exchanges")
                .containsEntry("p.audit", Map.of("retention.ms", "7776000000", "segment.ms", "604800000"))
                .containsEntry("p.notes", Map.of("retention.ms", "3600000", "segment.ms", "360000"))
                .containsEntry("p.exchanges", Map.of("retention.ms", "-1"));
        assertThat(retention.of("audit")).contains(Duration.ofDays(90));
        assertThat(retention.of("exchanges")).isEmpty();
        assertThat(retention.of("alerts")).isEmpty();
    }

    @Test
    void shouldFindTopicsAsTheEnvironmentWritesThem() {
        // when
        Retention retention = Retention.of(Map.of("dead.letters", "P30D", "AUDIT_CHAIN", "forever"));

        // then
        assertThat(retention.of("dead-letters")).contains(Duration.ofDays(30));
        assertThat(retention.millis()).containsEntry("audit-chain", -1L);
    }

    @Test
    void shouldBeInTheTopicsThatAreCreated() {
        // given
        Topics topics = new Topics("p.");
        Retention retention = Retention.of(Map.of("exchanges", "30d"));

        // when
        var specs = retention.applied(topics, topics.specs(2));

        // then
        assertThat(specs).hasSameSizeAs(topics.specs(2));
        assertThat(specs)
                .filteredOn(spec -> spec.name().equals("p.exchanges"))
                .singleElement()
                .satisfies(spec -> assertThat(spec.configs())
                        .containsEntry("retention.ms", "2592000000")
                        .containsEntry("cleanup.policy", "delete")
                        .containsKey("max.message.bytes"));
        assertThat(specs).filteredOn(spec -> !spec.name().equals("p.exchanges")).isSubsetOf(topics.specs(2));
    }

    @Test
    void shouldRefuseWhatWouldLoseState() {
        assertThatThrownBy(() -> Retention.of(Map.of("taxonomies", "90d")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rationale.retention.taxonomies=90d would lose versions that notes were judged under: leave"
                        + " the key out, or set it to forever.");
        assertThatThrownBy(() -> Retention.of(Map.of("reclassification-notes", "1d")))
                .hasMessageContaining("wait to be judged again");
        assertThat(Retention.of(Map.of("category-statistics", "forever")).millis())
                .containsEntry("category-statistics", -1L);
    }

    @Test
    void shouldKeepTheChainAsLongAsTheAudit() {
        assertThatThrownBy(() -> Retention.of(Map.of("audit-chain", "30d")))
                .hasMessageContaining("rationale.retention.audit-chain is shorter");
        assertThatThrownBy(() -> Retention.of(Map.of("audit-chain", "30d", "audit", "31d")))
                .hasMessageContaining("Keep the chain as long at least");
        assertThat(Retention.of(Map.of("audit-chain", "31d", "audit", "31d")).of("audit-chain"))
                .contains(Duration.ofDays(31));
    }

    @Test
    void shouldSayWhatIsWrongWithAValue() {
        assertThatThrownBy(() -> Retention.of(Map.of("audit", "soon")))
                .hasMessage("rationale.retention.audit is 'soon': set it to a time such as 90d, 12h or 30m, or to"
                        + " forever.");
        assertThatThrownBy(() -> Retention.of(Map.of("audits", "90d")))
                .hasMessageContaining(
                        "rationale.retention.audits names no topic: there are alerts, audit, audit-chain");
        assertThatThrownBy(() -> Retention.of(Map.of("audit", "0s")))
                .hasMessageContaining("a second (1s) is the least");
    }
}
