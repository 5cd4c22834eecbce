package io.rationale.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    @Test
    void shouldReadAList() {
        assertThat(Faults.parse(" reset=0.01, loop=0.005,").rates())
                .isEqualTo(Map.of(Fault.RESET, 0.01, Fault.LOOP, 0.005));
        assertThat(Faults.parse("")).isEqualTo(Faults.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    resett=0.1 | There is no fault "resett"
                    reset=2    | The rate of reset must be between 0 and 1, but is 2.0.
                    reset=-0.1 | The rate of reset must be between 0 and 1, but is -0.1.
                    reset=NaN  | The rate of reset must be between 0 and 1, but is NaN.
                    reset=few  | The rate of reset must be a number between 0 and 1, but is "few".
                    reset      | A fault is given as name=rate, such as reset=0.01, but not as "reset".
                    """)
    void shouldSayWhatIsWrong(String list, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Faults.parse(list))
                .withMessageStartingWith(sentence);
    }

    @Test
    void shouldGiveEachFaultAtItsRateWhateverTheOthersAre() {
        // given
        Faults alone = Faults.parse("fences=0.1");
        Faults among = Faults.parse("fences=0.1,drip=0.5,missing-id=0.3");

        // when
        long drawn = LongStream.range(0, 10_000)
                .filter(seed -> alone.draw(seed, true, true).contains(Fault.FENCES))
                .count();

        // then
        assertThat(drawn / 10_000.0).isCloseTo(0.1, within(0.02));
        assertThat(LongStream.range(0, 1_000))
                .allMatch(seed -> alone.draw(seed, true, true).contains(Fault.FENCES)
                        == among.draw(seed, true, true).contains(Fault.FENCES));
    }

    @Test
    void shouldGiveTogetherWhatGoesTogether() {
        // given
        Faults all =
                new Faults(Arrays.stream(Fault.values()).collect(Collectors.toMap(Function.identity(), fault -> 1.0)));
        Set<Fault> replacements = EnumSet.range(Fault.CONNECTION_REFUSED, Fault.HANG);
        Faults rest = new Faults(EnumSet.complementOf(EnumSet.copyOf(replacements)).stream()
                .collect(Collectors.toMap(Function.identity(), fault -> 1.0)));

        // when, then
        assertThat(all.draw(1, true, true)).containsExactly(Fault.CONNECTION_REFUSED);
        assertThat(rest.draw(1, true, true))
                .containsExactly(
                        Fault.RESET,
                        Fault.DRIP,
                        Fault.SPLIT_UTF8,
                        Fault.KEEP_ALIVE_LINES,
                        Fault.LOOP,
                        Fault.MIXED_LANGUAGE);
        assertThat(Faults.parse("missing-done=1").draw(1, false, true)).isEmpty();
        assertThat(Faults.parse("missing-id=1,fences=1").draw(1, true, false)).isEmpty();
        assertThat(Faults.parse("missing-id=1,fences=1,truncated-in-answer=1").draw(1, true, true))
                .hasSize(3);
    }
}
