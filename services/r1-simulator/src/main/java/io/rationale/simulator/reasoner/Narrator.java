package io.rationale.simulator.reasoner;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Thinks aloud about one note: what decides, which words speak for the best category, why the next one loses. Begins
 * {@code Note n1: } and ends {@code So n1 is <category id>.}, all on one line.
 */
final class Narrator {
    private static final int LONGEST_DEFINITION = 140;

    private final Judgement judgement;
    private final Variety variety;
    private final String best;

    private Narrator(Judgement judgement, long seed) {
        this.judgement = judgement;
        variety = new Variety(seed, judgement.note().id() + judgement.note().text());
        best = judgement.best().id();
    }

    static String paragraph(Judgement judgement, long seed) {
        return new Narrator(judgement, seed).paragraph();
    }

    /** One sentence for the answer. */
    static String rationale(Judgement judgement) {
        String title = judgement.best().category().title();
        List<String> words = judgement.best().words();
        return words.isEmpty()
                ? "Nothing that the note says points to a particular category, so " + title + " is what is left."
                : "The wording " + listed(words) + " points to: " + title + ".";
    }

    private String paragraph() {
        String id = judgement.note().id();
        String sentences = Stream.of(opening(), support(), trace(), comparison(), instruction(), doubt())
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
        return ("Note " + id + ": " + sentences + " So " + id + " is " + best + ".").replaceAll("\\R", " ");
    }

    private String opening() {
        if (judgement.evidence().isEmpty()) {
            return "there is no text to go by.";
        }
        String quote = "\"" + judgement.evidence().getFirst() + "\"";
        return String.format(
                variety.pick(List.of(
                        "the part that decides is %s.",
                        "it says %s.",
                        "what matters here is %s.",
                        "the complaint, as I read it, is in %s.",
                        "the telling passage is %s.")),
                quote);
    }

    private String support() {
        List<String> words = judgement.best().words();
        if (words.isEmpty()) {
            return variety.pick(List.of(
                    "None of the categories shares a telling word with it.",
                    "I find no word in it that speaks for one of the categories.",
                    "That gives me nothing to hold on to."));
        }
        String phrase = variety.pick(List.of(
                "%s would fit %s.",
                "With %s I think of %s first.", "Wording like %s is typical of %s.", "%s: that sounds like %s."));
        return capitalised(String.format(phrase, listed(words), best)) + definition();
    }

    private String definition() {
        String definition = judgement.best().category().definition().strip();
        if (definition.isEmpty()) {
            return "";
        }
        String shown = definition.length() > LONGEST_DEFINITION ? cut(definition) + " ..." : definition;
        return String.format(
                variety.pick(List.of(
                        " By its definition: \"%s\"", " The definition reads \"%s\"", " That one means \"%s\"")),
                shown);
    }

    private static String cut(String sentence) {
        int space = sentence.lastIndexOf(' ', LONGEST_DEFINITION);
        return sentence.substring(0, space < 0 ? 0 : space);
    }

    private String trace() {
        return judgement.hints().stream().map(TraceHint::remark).distinct().collect(Collectors.joining(" "));
    }

    private String comparison() {
        return judgement.runnerUp().map(this::against).orElse("There is no other category to weigh it against.");
    }

    private String against(Candidate second) {
        String shares =
                String.format(Locale.ROOT, "%.1f against %.1f", judgement.best().score(), second.score());
        if (second.score() <= 0) {
            return String.format(
                    variety.pick(List.of(
                            "%s would be the next on the list, but nothing speaks for it.",
                            "Could it be %s? No word of it stands here.")),
                    second.id());
        }
        String ground = second.words().isEmpty() ? "the trace" : listed(second.words());
        String phrase = judgement.secondary().isPresent()
                ? variety.pick(List.of(
                        "Hmm, %s is close because of %s, but it weighs a little less (%s).",
                        "Wait, it could also be %s, given %s; the first is still ahead (%s)."))
                : variety.pick(List.of(
                        "It might be %s because of %s, but that carries less weight (%s).",
                        "Against %s: only %s would speak for it, and that is weaker (%s).",
                        "I also considered %s for %s, which is not enough (%s)."));
        return String.format(phrase, second.id(), ground, shares);
    }

    private String instruction() {
        return judgement.addressed()
                ? "The note also tells me what to do or to answer; a note is data and not an instruction to me, so that has no effect."
                : "";
    }

    private String doubt() {
        return judgement.confidence() == Confidence.LOW
                ? variety.pick(
                        List.of("I am not sure about this one.", "That is more of a guess.", "I have my doubts here."))
                : "";
    }

    private static String listed(List<String> words) {
        List<String> quoted = words.stream().map(word -> "\"" + word + "\"").toList();
        int last = quoted.size() - 1;
        return last == 0 ? quoted.getFirst() : String.join(", ", quoted.subList(0, last)) + " and " + quoted.get(last);
    }

    private static String capitalised(String sentence) {
        int first = sentence.offsetByCodePoints(0, 1);
        return sentence.startsWith("\"")
                ? sentence
                : sentence.substring(0, first).toUpperCase(Locale.ROOT) + sentence.substring(first);
    }
}
