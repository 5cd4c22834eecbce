package io.rationale.local.node;

import io.quarkus.logging.LoggingFilter;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps Kafka's errors from the terminal; the log file has them. After a kill, broker and streams tell at length what
 * they mend by themselves; what they cannot mend fails the command, which says so.
 */
@LoggingFilter(name = "own-words")
public final class OwnWords implements Filter {
    private static final List<String> FOREIGN = List.of("kafka.", "org.apache.kafka.", "state.change.");

    @Override
    public boolean isLoggable(LogRecord line) {
        String logger = line.getLoggerName();
        return logger == null || FOREIGN.stream().noneMatch(logger::startsWith);
    }
}
