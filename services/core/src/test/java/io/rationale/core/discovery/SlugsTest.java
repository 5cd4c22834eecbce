package io.rationale.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SlugsTest {
    @Test
    void shouldMakeIdsOfNames() {
        assertThat(Slugs.slug("Wrong price (EUR)")).isEqualTo("wrong-price-eur");
        assertThat(Slugs.slug("Überholte Größe")).isEqualTo("uberholte-grosse");
        assertThat(Slugs.slug("The user's question")).isEqualTo("the-users-question");
        assertThat(Slugs.slug("価格")).isEmpty();
        assertThat(Slugs.slug("a very long name that goes on and on and on without any end in sight"))
                .isEqualTo("a-very-long-name-that-goes-on-and-on-and-on");
    }

    @Test
    void shouldMakeNoIdTwice() {
        // given
        Slugs slugs = new Slugs(Set.of("other"));

        // when, then
        assertThat(slugs.next("Other")).isEqualTo("other-2");
        assertThat(slugs.next("Price")).isEqualTo("price");
        assertThat(slugs.next("price!")).isEqualTo("price-2");
        assertThat(slugs.next("価格")).isEqualTo("pattern-1");
        assertThat(slugs.next("値段")).isEqualTo("pattern-2");
    }
}
