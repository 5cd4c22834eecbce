package io.rationale.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.seal.ChainHead;
import io.rationale.local.command.ExitCode;
import io.rationale.local.command.RationaleCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path directory;

    private final Ledger ledger = new Ledger().classify(0).seal().publish();

    @Test
    void shouldEndWithZeroWhereEverythingHolds() throws Exception {
        // given
        ledger.write(directory);

        // when, then
        assertThat(verify("--data", directory.toString())).isEqualTo(ExitCode.OK);
        assertThat(verify("--data", directory.toString(), "--json", "--anchor")).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldTellByTheExitCodeThatSomethingDoesNotHold() throws Exception {
        // given
        ledger.records(Ledger.AUDIT).remove(1);
        ledger.write(directory);

        // when, then
        assertThat(verify("--data", directory.toString())).isEqualTo(ExitCode.NOT_IN_ORDER);
    }

    @Test
    void shouldHoldChainsAgainstAnAnchor() throws Exception {
        // given
        ledger.write(directory);
        Path anchor = directory.resolve("anchor.txt");
        Files.write(anchor, Anchor.lines(List.of(new Anchor(Ledger.AUDIT, 0, new ChainHead(1, 3, "0".repeat(64))))));

        // when, then
        assertThat(verify("--data", directory.toString(), "--expect", anchor.toString()))
                .isEqualTo(ExitCode.NOT_IN_ORDER);
    }

    @Test
    void shouldSayWhatIsWrongWithTheUsage() throws Exception {
        // given
        Path nonsense = Files.writeString(directory.resolve("nonsense.txt"), "nonsense\n");
        ledger.write(directory);

        // when, then
        assertThat(verify()).isEqualTo(ExitCode.USAGE);
        assertThat(verify("--data", directory.resolve("nothing").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(verify("--data", directory.toString(), "--kafka", "localhost:1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(verify("--data", directory.toString(), "--expect", nonsense.toString()))
                .isEqualTo(ExitCode.USAGE);
    }

    private static int verify(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "verify";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return RationaleCommand.execute(arguments);
    }
}
