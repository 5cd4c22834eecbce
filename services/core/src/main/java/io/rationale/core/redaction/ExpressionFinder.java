package io.rationale.core.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** What a configured expression matches, in time that is linear in the text's length whatever the expression is (RE2). */
final class ExpressionFinder implements Finder {
    private final Pattern pattern;

    /** @throws IllegalArgumentException with a sentence, when it is no expression or one that matches nothing at all */
    ExpressionFinder(String name, String expression) {
        this.pattern = compiled(name, expression);
        if (pattern.matcher("").matches()) {
            throw new IllegalArgumentException("rationale.redaction.expressions." + name
                    + " matches an empty text: write an expression that needs at least one character.");
        }
    }

    private static Pattern compiled(String name, String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("rationale.redaction.expressions." + name + " is no expression of RE2 ("
                    + e.getDescription() + "): mend it; look-around and back references are not possible.");
        }
    }

    @Override
    public void find(Plain text, Found found) {
        String plain = text.string();
        Matcher matcher = pattern.matcher(plain);
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                found.add(matcher.start(), matcher.end(), matcher.group());
            }
        }
    }
}
