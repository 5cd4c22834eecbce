package io.rationale.core.r1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Divides thought from answer where a server did not, or not cleanly. Nothing else is changed: white space stays, and
 * so do tags that stand further on in a text, because a thought or an answer may speak of tags.
 */
final class ThinkTags {
    private static final int LONGEST_TAG = "</thinking>".length();
    private static final Pattern END = Pattern.compile("</think(?:ing)?>");
    private static final Pattern LEADING_END = Pattern.compile("\\s*</think(?:ing)?>");
    /** At the beginning, or after a prelude on a line of its own. */
    private static final Pattern START = Pattern.compile("\\A\\s*<think(?:ing)?>|(?<=\\n)<think(?:ing)?>");

    private static final Pattern LEADING_START = Pattern.compile("\\A\\s*<think(?:ing)?>");
    /** An answer is JSON, mostly in a fence. */
    private static final Pattern ANSWER = Pattern.compile("\\A\\s*(?:```|[{\\[])");

    private ThinkTags() {}

    /** Thought and answer, one of them empty where there is none. */
    record Parts(String reasoning, String content) {}

    /** Whether a thought ends in what the text has from there on, its closing tag perhaps begun before. */
    static boolean closesThought(CharSequence text, int from) {
        int start = Math.max(0, from - LONGEST_TAG + 1);
        return END.matcher(text).region(start, text.length()).find();
    }

    /**
     * @param reasoning what came in fields for the thought
     * @param content   what came as content
     * @param cut       whether the model did not end it: text that nothing marks is rather a thought then, because a
     *                  template writes the opening tag and the closing one has not come; unless it looks like an answer
     */
    static Parts divide(String reasoning, String content, boolean cut) {
        if (reasoning.isBlank()) {
            return divide(content.isEmpty() ? reasoning : content, cut);
        }
        return clean(reasoning, content);
    }

    private static Parts divide(String text, boolean cut) {
        Matcher end = END.matcher(text);
        if (end.find()) {
            return new Parts(withoutStart(text.substring(0, end.start())), text.substring(end.end()));
        }
        boolean started = LEADING_START.matcher(text).find();
        if (started || cut && !ANSWER.matcher(text).find()) {
            return new Parts(withoutStart(text), "");
        }
        return new Parts("", text);
    }

    /** The server has divided, but tags are left in its fields. */
    private static Parts clean(String reasoning, String content) {
        Matcher end = END.matcher(reasoning);
        if (end.find() && (content.isBlank() || reasoning.substring(end.end()).isBlank())) {
            String answer = content.isBlank() ? reasoning.substring(end.end()) + content : content;
            return new Parts(withoutStart(reasoning.substring(0, end.start())), withoutLeadingEnd(answer));
        }
        String thought = withoutStart(reasoning);
        if (!LEADING_START.matcher(content).find()) {
            return new Parts(thought, withoutLeadingEnd(content));
        }
        Parts again = divide(content, false);
        boolean same = again.reasoning().strip().equals(thought.strip());
        return new Parts(same ? thought : thought + again.reasoning(), again.content());
    }

    private static String withoutStart(String thought) {
        Matcher start = START.matcher(thought);
        return start.find() ? thought.substring(0, start.start()) + thought.substring(start.end()) : thought;
    }

    private static String withoutLeadingEnd(String answer) {
        Matcher end = LEADING_END.matcher(answer);
        return end.lookingAt() ? answer.substring(end.end()) : answer;
    }
}
