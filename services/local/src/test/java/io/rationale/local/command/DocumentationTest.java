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
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;

/** Holds {@code README.md} and {@code docs/*.md} against the command line. */
class DocumentationTest {
    private static final Map<String, CommandLine> COMMANDS =
            RationaleCommand.commandLine(new StopSignal()).getSubcommands();

    /** Surefire runs in the module's folder. */
    private static final Path PROJECT = Path.of("..", "..");

    private static final Pattern WORD = Pattern.compile("[\\p{Alnum}_-]+");
    private static final String TABLE_HEAD = "| command | does |";

    /** Where the first column ends; {@code \|} is a bar within it. */
    private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void shouldHaveARowForEveryCommand() {
        // when
        Set<String> listed = listedCommands();

        // then
        assertThat(listed).containsAll(commands("", COMMANDS));
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

    /** Commands with those below them, {@code token} and {@code token create}, but for {@code help}, which all have. */
    private static Set<String> commands(String prefix, Map<String, CommandLine> commands) {
        Set<String> all = new TreeSet<>();
        commands.forEach((name, command) -> {
            if (!(command.getCommand() instanceof HelpCommand)) {
                all.add(prefix + name);
                all.addAll(commands(prefix + name + " ", command.getSubcommands()));
            }
        });
        return all;
    }

    /** The commands of the README's table: a row of {@code token list\|revoke FILE} has token, token list and token revoke. */
    private static Set<String> listedCommands() {
        Set<String> listed = new TreeSet<>();
        text(PROJECT.resolve("README.md"))
                .lines()
                .dropWhile(line -> !line.equals(TABLE_HEAD))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(row -> CODE.matcher(CELL_END.split(row)[1]).results())
                .forEach(usage -> {
                    String[] words = usage.group(1).split(" ");
                    listed.add(words[0]);
                    if (words.length > 1) {
                        Arrays.stream(words[1].split("\\\\\\|"))
                                .map(word -> words[0] + " " + word)
                                .forEach(listed::add);
                    }
                });
        return listed;
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
