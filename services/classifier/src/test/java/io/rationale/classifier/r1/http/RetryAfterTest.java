package io.rationale.classifier.r1.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    @Test
    void shouldReadSecondsAndFractions() {
        assertThat(RetryAfter.parse(" 12 ")).isEqualTo(Duration.ofSeconds(12));
        assertThat(RetryAfter.parse("0.5")).isEqualTo(Duration.ofMillis(500));
        assertThat(RetryAfter.parse("-3")).isEqualTo(Duration.ZERO);
    }

    @Test
    void shouldReadDates() {
        // given
        ZonedDateTime soon = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(2);

        // then
        assertThat(RetryAfter.parse(DateTimeFormatter.RFC_1123_DATE_TIME.format(soon)))
                .isBetween(Duration.ofSeconds(110), Duration.ofSeconds(120));
        assertThat(RetryAfter.parse("Fri, 31 Dec 1999 23:59:59 GMT")).isEqualTo(Duration.ZERO);
    }

    @Test
    void shouldSayNothingAboutWhatIsNeither() {
        assertThat(RetryAfter.parse(null)).isNull();
        assertThat(RetryAfter.parse("soon")).isNull();
        assertThat(RetryAfter.parse("")).isNull();
    }
}
