package io.rationale.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class BoundedMemoryTest {
    private static final long HUGE = 200L * 1024 * 1024;
    private static final long LARGE = 32L * 1024 * 1024;

    /** Bytes that are made as they are read, and how far the reader ran ahead of what it handed on. */
    private static final class Generated extends InputStream {
        private final byte[] head;
        private final byte[] repeated;
        private final long size;
        private long given;

        Generated(String head, String repeated, long size) {
            this.size = size;
            this.head = head.getBytes(StandardCharsets.UTF_8);
            this.repeated = repeated.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            if (given >= size) {
                return -1;
            }
            long at = given++;
            return at < head.length ? head[(int) at] : repeated[(int) ((at - head.length) % repeated.length)];
        }
    }

    private static final class Tally {
        private long handedOn;
        private long accepted;
        private long rejected;
        private long furthestAhead;

        void take(IntakeEntry entry, long given) {
            furthestAhead = Math.max(furthestAhead, given - handedOn);
            switch (entry) {
                case IntakeEntry.Accepted note -> {
                    accepted++;
                    handedOn += note.original().size() + 1;
                }
                case IntakeEntry.Rejected reject -> {
                    rejected++;
                    handedOn += reject.deadLetter().original().size() + 1;
                }
            }
        }
    }

    private static Tally read(String name, String head, String repeated, long size) throws Exception {
        Generated file = new Generated(head, repeated, size);
        Tally tally = new Tally();
        new NoteFileReader(IntakeOptions.DEFAULT).read(file, name, entry -> tally.take(entry, file.given));
        assertThat(file.given).isEqualTo(size);
        return tally;
    }

    @Test
    void shouldReadAHugeCsvWithAnOpenQuoteInBoundedMemory() throws Exception {
        String line = "k," + "x".repeat(1000) + "\n";

        Tally tally = read("n.csv", "id,text\n1,\"open\n", line, HUGE);

        assertThat(tally.rejected).isEqualTo(1);
        assertThat(tally.accepted).isGreaterThan(HUGE / line.length() - 2);
        assertThat(tally.furthestAhead).isLessThan(2 * 1024 * 1024);
    }

    @Test
    void shouldStayLinearWhenEveryLineOpensAQuote() throws Exception {
        Tally tally = read("n.csv", "id,text\n", "x\",z,\"" + "q".repeat(200) + "\n", LARGE);

        assertThat(tally.accepted).isZero();
        assertThat(tally.rejected).isGreaterThan(150_000);
        assertThat(tally.furthestAhead).isLessThan(24 * 1024 * 1024);
    }

    @Test
    void shouldReadAHugeJsonWithAnOpenQuoteInBoundedMemory() throws Exception {
        String element = "{\"id\":\"k\",\"text\":\"" + "x".repeat(2000) + "\"},\n";

        Tally tally = read("n.json", "[\n{\"text\":\"open},\n", element, LARGE);

        assertThat(tally.accepted).isGreaterThan(LARGE / element.length() - 3);
        assertThat(tally.furthestAhead).isLessThan(1024 * 1024);
        assertThat(tally.rejected).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldPassOverALineAndAnElementWithoutEnd() throws Exception {
        Tally line = read("n.txt", "", "x", LARGE);
        Tally element = read("n.json", "[{\"text\":\"", "x", LARGE);
        Tally damaged = read("n.json", "[{\"text\":\"a\" b", "[{\"\n", LARGE);

        assertThat(line.accepted + element.accepted + damaged.accepted).isZero();
        assertThat(line.handedOn).isEqualTo(LineReader.KEPT_BYTES + 1);
        assertThat(element.handedOn).isEqualTo(LineReader.KEPT_BYTES + 1);
        assertThat(damaged.rejected).isPositive();
    }
}
