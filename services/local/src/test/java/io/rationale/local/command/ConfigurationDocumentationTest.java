package io.rationale.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.classifier.ClassifierConfig;
import io.rationale.console.ConsoleConfig;
import io.rationale.console.access.AccessConfig;
import io.rationale.console.limits.LimitsConfig;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/configuration.md} against the services' configuration. */
class ConfigurationDocumentationTest {
    /** Defaults that the page tells in words. */
    private static final String EXPRESSION = "${";

    /** A key with its default; null without one. */
    record Key(String name, String defaultValue) {}

    static Stream<Key> keys() {
        return Stream.of(
                        keys("rationale", ClassifierConfig.class),
                        keys("rationale", ConsoleConfig.class),
                        keys("rationale.auth", AccessConfig.class),
                        keys("rationale.limits", LimitsConfig.class))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void shouldDescribeEveryKeyWithItsDefault(Key key) throws IOException {
        // given
        Path page = Path.of("..", "..", "docs", "configuration.md");

        // when
        String row = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| `" + key.name() + "` |"))
                .findFirst()
                .orElse("no row for " + key.name());

        // then
        assertThat(row).contains(key.name());
        if (key.defaultValue() != null && !key.defaultValue().contains(EXPRESSION)) {
            assertThat(row).contains("`" + key.defaultValue() + "`");
        }
    }

    private static Stream<Key> keys(String prefix, Class<?> group) {
        return Arrays.stream(group.getDeclaredMethods())
                .filter(m -> !m.isSynthetic())
                .flatMap(method -> {
                    String name = prefix + "." + name(method);
                    Class<?> type = method.getReturnType();
                    if (type == Map.class) {
                        ParameterizedType map = (ParameterizedType) method.getGenericReturnType();
                        return map.getActualTypeArguments()[1] instanceof Class<?> values && values.isInterface()
                                ? keys(name + ".N", values)
                                : Stream.of(new Key(name + ".N", null));
                    }
                    return type.isInterface() && type.getName().startsWith("io.rationale.")
                            ? keys(name, type)
                            : Stream.of(new Key(name, defaultOf(method)));
                });
    }

    private static String name(Method method) {
        WithName given = method.getAnnotation(WithName.class);
        return given != null
                ? given.value()
                : method.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static String defaultOf(Method method) {
        WithDefault given = method.getAnnotation(WithDefault.class);
        return given == null ? null : given.value();
    }
}
