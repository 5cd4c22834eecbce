package io.rationale.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.local.node.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Holds {@code README.md} and {@code docs/*.md} against the command line. */
class DocumentationTest {
    private static final Map<String, CommandLine> COMMANDS =
            RationaleCommand.commandLine(new StopSignal()).getSubcommands();

    /** Surefire runs in the module's folder. */
    private static final Path PROJECT = Path.of("..", "..");

    private static final Pattern WORD = Pattern.compile("[\\p{Alnum}_-]+");

    @Test
    void shouldDescribeEveryCommand() {
        assertThat(documentedWords()).containsAll(COMMANDS.keySet());
    }

    @Test
    void shouldDescribeEveryLongOption() {
        // given
        Set<String> options = COMMANDS.values().stream()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .map(OptionSpec::names)
                .flatMap(Arrays::stream)
                .filter(name -> name.startsWith("--"))
                .collect(Collectors.toCollection(TreeSet::new));

        // when, then
        assertThat(documentedWords()).containsAll(options);
    }

    private static Set<String> documentedWords() {
        Set<String> words = new TreeSet<>();
        for (Path page : pages()) {
            Matcher word = WORD.matcher(text(page));
            while (word.find()) {
                words.add(word.group());
            }
        }
        return words;
    }

    private static List<Path> pages() {
        Path readme = PROJECT.resolve("README.md");
        assertThat(readme).isRegularFile();
        try (Stream<Path> docs = Files.isDirectory(PROJECT.resolve("docs"))
                ? Files.list(PROJECT.resolve("docs"))
                : Stream.<Path>empty()) {
            return Stream.concat(Stream.of(readme), docs.filter(page -> page.toString()
                            .endsWith(".md")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
