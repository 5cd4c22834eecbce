package io.rationale.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"kafka.server.ControllerApis", "org.apache.kafka.streams.KafkaStreams", "state.change.logger"})
    void shouldKeepKafkaFromTheTerminal(String logger) {
        assertThat(new OwnWords().isLoggable(line(logger))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.rationale.classifier", "io.quarkus.runtime.Application", "kafkaesque", ""})
    void shouldShowWhatOthersSay(String logger) {
        assertThat(new OwnWords().isLoggable(line(logger))).isTrue();
    }

    @Test
    void shouldShowWhatNobodySigned() {
        assertThat(new OwnWords().isLoggable(line(null))).isTrue();
    }

    private static LogRecord line(String logger) {
        LogRecord line = new LogRecord(Level.SEVERE, "something");
        line.setLoggerName(logger);
        return line;
    }
}
