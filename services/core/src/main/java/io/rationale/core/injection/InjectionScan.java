package io.rationale.core.injection;

import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for what in a note is addressed to the model that is to judge it. It is wary, not sure: who only writes about a
 * prompt may be suspected, and who finds new words may not be. So nothing is refused and no label is changed for it: a
 * suspected note is asked about alone, and its verdict says so. Every pattern is bounded, so that the time is linear in
 * the length of the note. Thread safe.
 */
public final class InjectionScan {
    /** Tokens of chat templates, and this program's own markers; upper and lower case. */
    private static final Pattern CONTROL = Pattern.compile("<\\|[^|<>]{1,60}\\|>"
            + "|<<? {0,2}/?(?:think|thinking|notes?|categories|patterns|s|sys|system|user|assistant|human|tools?|tool_call|tool_response"
            + "|function_calls?|start_of_turn|end_of_turn|bos|eos|pad|unk|instructions?|verdicts?|category)"
            + "(?: [^<>]{0,40})?/?>>?"
            + "|\\[/?(?:inst|system_prompt|available_tools|tool_calls|tool_results|sys)\\]"
            + "|#{2,} ?(?:new |updated )?(?:instructions?|system|response|input)\\b"
            + "|\\b(?:begin|end)▁of▁(?:sentence|thinking)");

    private static final Orders ORDERS = Orders.read("commands.txt");

    /** Where only letters are left. */
    private static final Pattern SPACED = Pattern.compile(
            "(?:ignore|disregard|forget|override)(?:all|any|every|the|your|of|previous|prior|above|earlier|these|those|given){1,6}"
                    + "(?:instruction|rule|prompt|categor|direction|guideline)");

    private static final List<String> BEGINNINGS = List.of("ignore", "disregard", "forget", "override");

    /** Ways to hide letters, each its own way back: not at all, turned, and back to front. */
    private static final List<UnaryOperator<String>> WAYS =
            List.of(UnaryOperator.identity(), Disguise::turned, Disguise::reversed);

    /** What spaced orders begin with in each way, so that nothing has to be turned in most notes. */
    private static final WordSearch HIDDEN = new WordSearch(
            WAYS.stream().flatMap(way -> BEGINNINGS.stream().map(way)).toList());

    private final Labels labels;

    public InjectionScan(Taxonomy taxonomy) {
        this.labels = new Labels(taxonomy);
    }

    /** What the note holds that is addressed to the model. */
    public Injection of(Note note) {
        return Stream.concat(
                        Stream.of(note.text(), note.question(), note.answer(), note.expected()),
                        note.contexts().stream().map(Context::text))
                .filter(Objects::nonNull)
                .map(this::of)
                .reduce(Injection.NONE, Injection::and);
    }

    private Injection of(String text) {
        String plain = Disguise.plain(text);
        boolean isAscii = Words.isAscii(text);
        int hidden =
                isAscii ? 0 : (int) text.codePoints().filter(Disguise::isHidden).count();
        int control = hasMark(plain) ? count(CONTROL.matcher(plain)) : 0;
        return new Injection(
                control > 0 || !isAscii && isCarrier(text) || isOrder(plain) || isEncodedOrder(text), control, hidden);
    }

    private boolean isOrder(String plain) {
        String latin = Disguise.latin(plain);
        return isSaid(plain)
                || !latin.equals(plain) && isSaid(latin)
                || Disguise.letters(latin).stream().anyMatch(InjectionScan::isSpacedOrder);
    }

    private static boolean isSpacedOrder(String letters) {
        return HIDDEN.in(letters).stream()
                .mapToObj(found -> WAYS.get(found / BEGINNINGS.size()))
                .distinct()
                .anyMatch(way -> SPACED.matcher(way.apply(letters)).find());
    }

    private boolean isSaid(String plain) {
        return labels.areIn(plain) || ORDERS.areIn(plain);
    }

    private boolean isEncodedOrder(String text) {
        return Disguise.encoded(text).stream()
                .map(Disguise::plain)
                .anyMatch(plain -> hasControl(plain) || isOrder(plain));
    }

    /** Words in characters that nobody sees, or turned round; flags of England and its neighbours are tags, too. */
    private static boolean isCarrier(String text) {
        boolean isTagged = false;
        int before = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean isTag = c >= 0xE0000 && c <= 0xE007F;
            isTagged |= isTag && before != 0x1F3F4 && !(before >= 0xE0000 && before <= 0xE007F);
            isTagged |= c >= 0xE0100 && c <= 0xE01EF && before >= 0xE0100 && before <= 0xE01EF;
            isTagged |= c == 0x202D || c == 0x202E;
            before = c;
        }
        return isTagged;
    }

    private static boolean hasControl(String plain) {
        return hasMark(plain) && CONTROL.matcher(plain).find();
    }

    /** What each control token begins with; most notes have none of it. */
    private static boolean hasMark(String plain) {
        return plain.indexOf('<') >= 0 || plain.indexOf('[') >= 0 || plain.indexOf('#') >= 0 || plain.indexOf('▁') >= 0;
    }

    private static int count(Matcher matcher) {
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
