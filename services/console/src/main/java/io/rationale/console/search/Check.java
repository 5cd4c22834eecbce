package io.rationale.console.search;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.rationale.core.verdict.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A check of a verdict that can fail; named as the verdict names it. */
public enum Check {
    QUOTE_FOUND("quoteFound", checks -> !checks.quoteFound()),
    LABEL_NAMED("labelNamed", checks -> !checks.labelNamed()),
    SALVAGED("salvaged", Checks::salvaged),
    RELABELLED("relabelled", Checks::relabelled),
    TRUNCATED("truncated", Checks::truncated),
    MIXED_SCRIPT("mixedScript", Checks::mixedScript),
    EMPTY_THOUGHT("emptyThought", Checks::emptyThought),
    INJECTED("injected", Checks::injected);

    private final String code;
    private final Predicate<Checks> failed;

    Check(String code, Predicate<Checks> failed) {
        this.code = code;
        this.failed = failed;
    }

    /** The verdict's field. */
    @JsonValue
    public String code() {
        return code;
    }

    /** The check of that name. */
    public static Optional<Check> of(String code) {
        return Arrays.stream(values()).filter(check -> check.code.equals(code)).findFirst();
    }

    @JsonCreator
    static Check named(String code) {
        return of(code).orElseThrow(() -> new IllegalArgumentException("no check is named so"));
    }

    /** Those that tell a reader to look. */
    public static List<Check> failedOf(Checks checks) {
        return Arrays.stream(values())
                .filter(check -> check.failed.test(checks))
                .toList();
    }
}
