package io.rationale.simulator.chat;

import io.rationale.simulator.cluster.Tokens;
import io.rationale.simulator.prompt.ListedNote;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a thought as long as R1's would be: between its paragraphs it puts others that go on about the notes without
 * deciding anything. Sentences are put together from parts and from the words of the notes, so that long thoughts keep
 * saying something new and do not look like a loop.
 */
final class Musing {
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{IsAlphabetic}]+");
    private static final int LONGEST_WORD = 24;
    private static final int SENTENCES_A_PARAGRAPH = 5;

    private static final List<String> OPENINGS = List.of(
            "Hmm, ",
            "Wait, ",
            "Okay, ",
            "Let me see: ",
            "Thinking about it, ",
            "To be careful, ",
            "On the other hand, ",
            "Alternatively, ",
            "Then again, ",
            "Looking closer, ",
            "If I read it plainly, ",
            "Granted, ",
            "Still, ",
            "As far as I can tell, ",
            "One more point: ",
            "Leaving that aside, ",
            "For a moment, ",
            "In other words, ",
            "Reading it slowly, ",
            "Put differently, ");

    private static final List<String> MIDDLES = List.of(
            "the word \"%s\" may be about %s rather than about %s",
            "\"%s\" next to %s could be a remark on %s",
            "whoever wrote \"%s\" had %s in mind, and perhaps %s",
            "I should not make too much of \"%s\", which may be %s or %s",
            "\"%s\" sounds like %s, less like %s",
            "the tone of \"%s\" suggests %s and hardly %s",
            "what \"%s\" leaves open is %s, and with it %s",
            "one could take \"%s\" for %s, were it not for %s",
            "the step from \"%s\" to %s needs %s",
            "without %2$s the word \"%1$s\" would say little about %3$s",
            "it matters whether \"%s\" means %s or %s",
            "a reader who stumbles over \"%s\" would think of %s before %s",
            "\"%s\" carries more weight than %s and about as much as %s",
            "between %2$s and %3$s, the word \"%1$s\" does not settle it",
            "\"%s\" has to be read together with %s, not with %s");

    private static final List<String> SUBJECTS = List.of(
            "the question",
            "the answer",
            "the retrieved passage",
            "the source",
            "a missing document",
            "the wording",
            "the figures",
            "an older version",
            "the user's intention",
            "the search",
            "the order of the results",
            "the form of the reply",
            "a wrong reference",
            "the level of detail",
            "the heading above it",
            "a rule",
            "an exception",
            "the context",
            "the date",
            "the first impression",
            "a misreading",
            "the second sentence",
            "the writer's patience",
            "the way it was asked",
            "a gap in the knowledge base",
            "a habit of the model",
            "something invented",
            "the translation",
            "a side remark",
            "the definition",
            "the boundary case",
            "the expected result",
            "a matter of taste",
            "the scope",
            "the missing half",
            "a contradiction");

    private static final List<String> ENDINGS = List.of(
            ".",
            ", I think.",
            ", which I keep in mind.",
            ", but that alone decides nothing.",
            ", at least here.",
            ", so I look at the rest.",
            ", if the note is taken at its word.",
            ", though others may differ.",
            ", and I weigh it accordingly.",
            ", that much is plain.",
            ", or so it seems.",
            ", to a degree.",
            ", whatever the cause.",
            ", judging by the words.",
            ", not more and not less.");

    private final SplittableRandom random;

    Musing(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The thought with further paragraphs between its own, so that it takes about so many tokens. */
    String lengthened(String thought, List<ListedNote> notes, int tokens) {
        int missing = tokens - Tokens.in(thought);
        if (missing <= 0) {
            return thought;
        }
        String[] paragraphs = thought.split("\n\n", -1);
        int gaps = Math.max(1, paragraphs.length - 1);
        int charsEach = (int) Math.min(Integer.MAX_VALUE / 4, (long) missing * Tokens.CHARS_PER_TOKEN / gaps);
        StringBuilder text = new StringBuilder(paragraphs[0]);
        for (int gap = 0; gap < gaps; gap++) {
            text.append(aside(words(notes, gap), charsEach));
            if (gap + 1 < paragraphs.length) {
                text.append("\n\n").append(paragraphs[gap + 1]);
            }
        }
        return text.toString();
    }

    /** The words of the note whose paragraph stands before the gap; before the first there is only the introduction. */
    private static List<String> words(List<ListedNote> notes, int gap) {
        int about = gap - 1;
        String text = about >= 0 && about < notes.size()
                ? notes.get(about).text()
                : notes.stream().map(ListedNote::text).collect(Collectors.joining(" "));
        List<String> words = NO_LETTERS
                .splitAsStream(text)
                .filter(word -> word.length() > 2 && word.length() <= LONGEST_WORD)
                .distinct()
                .toList();
        return words.isEmpty() ? List.of("note") : words;
    }

    private String aside(List<String> words, int chars) {
        StringBuilder text = new StringBuilder();
        for (int sentence = 0; text.length() < chars; sentence++) {
            text.append(sentence % SENTENCES_A_PARAGRAPH == 0 ? "\n\n" : " ").append(sentence(words));
        }
        return text.toString();
    }

    private String sentence(List<String> words) {
        return any(OPENINGS) + String.format(any(MIDDLES), any(words), any(SUBJECTS), any(SUBJECTS)) + any(ENDINGS);
    }

    private String any(List<String> phrases) {
        return phrases.get(random.nextInt(phrases.size()));
    }
}
