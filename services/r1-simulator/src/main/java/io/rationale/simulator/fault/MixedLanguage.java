package io.rationale.simulator.fault;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A thought that falls into Chinese here and there, as R1's do. */
final class MixedLanguage {
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.?!]) ");
    private static final List<String> ASIDES = List.of(
            "等等，让我再看一下这条笔记。",
            "嗯，这里的关键词很清楚。",
            "不过，另一个类别也有可能。",
            "也就是说，the main problem 在于回答的内容。",
            "首先，我需要确认用户的意思。",
            "所以这个判断应该是对的，but let me see。");

    private MixedLanguage() {}

    static String of(String thought, SplittableRandom random) {
        Matcher ends = SENTENCE_END.matcher(thought);
        String mixed = ends.replaceAll(
                end -> random.nextInt(3) == 0 ? " " + ASIDES.get(random.nextInt(ASIDES.size())) + " " : " ");
        return ASIDES.get(random.nextInt(ASIDES.size())) + " " + mixed;
    }
}
