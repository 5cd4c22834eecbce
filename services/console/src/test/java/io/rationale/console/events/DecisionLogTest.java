package io.rationale.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private final DecisionLog log = new DecisionLog(4, 100);

    @BeforeEach
    void start() {
        log.start(Positions.zero(2));
    }

    private static Told told(int partition, long offset) {
        return new Told(partition, offset, partition + "@" + offset);
    }

    private List<Told> read(DecisionLog.Cursor cursor) {
        return log.read(cursor, 100, 1_000).orElseThrow();
    }

    @Test
    void shouldGiveWhatCameSinceTheCursor() {
        // given
        log.append(told(0, 0));
        DecisionLog.Cursor cursor = log.live();

        // when
        log.append(told(1, 0));
        log.append(told(0, 1));

        // then
        assertThat(read(cursor)).containsExactly(told(1, 0), told(0, 1));
        assertThat(read(cursor)).isEmpty();
        assertThat(cursor.told().next(0)).isEqualTo(2);
    }

    @Test
    void shouldLeaveOutWhatWasToldInWhateverOrder() {
        // given: another replica told 1@0 and 0@0, but not 0@1
        log.append(told(0, 0));
        log.append(told(0, 1));
        log.append(told(1, 0));
        Positions told = Positions.zero(2);
        told.advance(0, 1);
        told.advance(1, 1);

        // when
        DecisionLog.Cursor cursor = log.from(told);

        // then
        assertThat(read(cursor)).containsExactly(told(0, 1));
    }

    @Test
    void shouldSayWhereItBegins() {
        // when
        for (int offset = 0; offset < 6; offset++) {
            log.append(told(0, offset));
        }

        // then
        assertThat(log.size()).isEqualTo(4);
        assertThat(log.begin().next(0)).isEqualTo(2);
        assertThat(log.end().next(0)).isEqualTo(6);
    }

    @Test
    void shouldSayWhenACursorFellBehind() {
        // given
        DecisionLog.Cursor cursor = log.live();

        // when
        for (int offset = 0; offset < 5; offset++) {
            log.append(told(0, offset));
        }

        // then
        assertThat(log.read(cursor, 100, 1_000)).isEmpty();
    }

    @Test
    void shouldLeaveEverybodyBehindWhenItBeginsAnew() {
        // given
        log.append(told(0, 0));
        DecisionLog.Cursor cursor = log.live();

        // when
        Positions later = Positions.zero(2);
        later.advance(0, 50);
        log.start(later);
        log.append(told(0, 50));

        // then
        assertThat(log.read(cursor, 100, 1_000)).isEmpty();
        assertThat(log.begin().next(0)).isEqualTo(50);
        assertThat(read(log.from(later))).containsExactly(told(0, 50));
    }

    @Test
    void shouldBeBoundedInSize() {
        // when
        log.append(told(0, 0));
        log.append(new Told(0, 1, "x".repeat(99)));

        // then
        assertThat(log.size()).isEqualTo(1);
        assertThat(log.begin().next(0)).isEqualTo(1);
    }

    @Test
    void shouldEndAMessageByNumberAndBySize() {
        // given
        DecisionLog.Cursor cursor = log.live();
        for (int offset = 0; offset < 3; offset++) {
            log.append(told(0, offset));
        }

        // then
        assertThat(log.read(cursor, 1, 1_000).orElseThrow()).hasSize(1);
        assertThat(log.read(cursor, 100, 1).orElseThrow()).hasSize(1);
        assertThat(log.hasMore(cursor)).isTrue();
    }

    @Test
    void shouldCountMarkersAsTold() {
        // given
        DecisionLog.Cursor cursor = log.live();
        log.append(told(0, 0));

        // when
        log.readTo(0, 2);

        // then
        read(cursor);
        assertThat(cursor.told()).isEqualTo(log.end());
    }
}
